create table media (
  authority bigint not null,
  id bigint not null default next_id(),
  state text not null check (state in ('waiting', 'ready', 'failed')),
  type text,
  width integer,
  height integer,
  bytes integer,
  sha256 bytea,
  source_url text,
  error text,
  person bigint,
  created_at timestamptz not null default clock_timestamp(),
  primary key (authority, id)
);
create unique index media_source on media (authority, source_url) where source_url is not null;
call guard_tenant('media');

-- Public voices: the authority's, its offices', and everyone else's.
create table account (
  authority bigint not null references authority (id),
  id bigint not null default next_id(),
  network text not null,
  kind text not null check (kind in ('authority', 'office', 'remote')),
  handle text not null,
  domain text not null,
  uri text,
  url text,
  name text not null,
  biography jsonb not null default '[]',
  biography_source text not null default '',
  role text,
  answers text,
  fields jsonb not null default '[]',
  avatar bigint,
  header bigint,
  inbox text,
  shared_inbox text,
  outbox text,
  followers text,
  public_key_id text,
  public_key text,
  locked boolean not null default false,
  indexable boolean not null default false,
  automated boolean not null default false,
  created_at timestamptz not null default clock_timestamp(),
  fetched_at timestamptz,
  gone_at timestamptz,
  primary key (authority, id)
);
create unique index account_uri on account (authority, network, uri) where uri is not null;
create unique index account_own_handle on account (authority, lower(handle)) where uri is null;
create index account_remote_handle on account (authority, lower(handle), lower(domain)) where uri is not null;
create index account_public_key on account (authority, public_key_id) where public_key_id is not null;
call guard_tenant('account');

-- Apart from account, so that no query for a face can carry a secret.
create table account_key (
  authority bigint not null,
  account bigint not null,
  private_key text not null,
  primary key (authority, account),
  foreign key (authority, account) references account (authority, id)
);
call guard_tenant('account_key');

-- Who may speak for what.
create table account_grant (
  authority bigint not null,
  person bigint not null,
  account bigint not null,
  granted_by bigint,
  granted_at timestamptz not null default clock_timestamp(),
  primary key (authority, person, account),
  foreign key (authority, person) references person (authority, id),
  foreign key (authority, account) references account (authority, id)
);
create index account_grant_account on account_grant (authority, account);
call guard_tenant('account_grant');

create table access_token (
  authority bigint not null,
  id bigint not null default next_id(),
  token_hash bytea not null,
  person bigint not null,
  account bigint not null,
  scopes text[] not null,
  created_at timestamptz not null default clock_timestamp(),
  revoked_at timestamptz,
  primary key (authority, id),
  unique (authority, token_hash),
  foreign key (authority, person) references person (authority, id),
  foreign key (authority, account) references account (authority, id)
);
call guard_tenant('access_token');

create table follow (
  authority bigint not null,
  id bigint not null default next_id(),
  follower bigint not null,
  followed bigint not null,
  state text not null check (state in ('pending', 'accepted')),
  uri text,
  created_at timestamptz not null default clock_timestamp(),
  primary key (authority, id),
  unique (authority, follower, followed),
  foreign key (authority, follower) references account (authority, id),
  foreign key (authority, followed) references account (authority, id)
);
create index follow_followed on follow (authority, followed, id);
call guard_tenant('follow');

-- Those whom the authority does not take anything from: a person, or a whole domain.
create table block (
  authority bigint not null,
  id bigint not null default next_id(),
  account bigint,
  domain text,
  primary key (authority, id),
  check ((account is null) <> (domain is null))
);
create unique index block_account on block (authority, account) where account is not null;
create unique index block_domain on block (authority, domain) where domain is not null;
call guard_tenant('block');

-- Remote accounts that have blocked one of ours: nothing is sent to them.
create table blocked_by (
  authority bigint not null,
  account bigint not null,
  by bigint not null,
  uri text,
  primary key (authority, account, by)
);
call guard_tenant('blocked_by');
