-- Tenants. Not guarded: the Host header must find its authority before anything is bound. Holds no secret.
create table authority (
  id bigint primary key default next_id(),
  name text not null,
  municipality text not null check (length(municipality) = 4),
  languages text[] not null check (cardinality(languages) > 0),
  zone text not null default 'Europe/Stockholm',
  domain text not null unique,
  handle_domain text not null unique,
  accent text not null default '#0b5c5f',
  logo bigint,
  email text,
  created_at timestamptz not null default clock_timestamp()
);

-- The door of an empty installation.
create table set_up_link (
  token_hash bytea primary key,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table person (
  authority bigint not null references authority (id),
  id bigint not null default next_id(),
  name text not null,
  email text not null,
  roles text[] not null default '{}',
  language text not null default 'sv',
  created_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  primary key (authority, id)
);
create unique index person_email on person (authority, lower(email)) where ended_at is null;
call guard_tenant('person');

create table sign_in_link (
  authority bigint not null,
  id bigint not null default next_id(),
  token_hash bytea not null,
  person bigint not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (authority, id),
  unique (authority, token_hash),
  foreign key (authority, person) references person (authority, id)
);
call guard_tenant('sign_in_link');

create table session (
  authority bigint not null,
  id bigint not null default next_id(),
  token_hash bytea not null,
  person bigint not null,
  device text not null,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  primary key (authority, id),
  unique (authority, token_hash),
  foreign key (authority, person) references person (authority, id)
);
create index session_person on session (authority, person, id);
call guard_tenant('session');
