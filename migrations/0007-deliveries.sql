-- An activity on its way out, written once; its deliveries refer to it.
create table outgoing (
  authority bigint not null,
  id bigint not null default next_id(),
  entry bigint,
  account bigint not null,
  post bigint,
  body text not null,
  primary key (authority, id)
);
create unique index outgoing_entry on outgoing (authority, entry) where entry is not null;
create index outgoing_post on outgoing (authority, post) where post is not null;
call guard_tenant('outgoing');

-- One for each inbox of a peer.
create table delivery (
  authority bigint not null,
  id bigint not null default next_id(),
  outgoing bigint not null,
  host text not null,
  inbox text not null,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'refused', 'given-up')),
  attempts integer not null default 0,
  error text,
  delivered_at timestamptz,
  primary key (authority, id),
  unique (authority, outgoing, inbox),
  foreign key (authority, outgoing) references outgoing (authority, id)
);
create index delivery_waiting on delivery (authority, host, id) where state = 'waiting';
call guard_tenant('delivery');

-- What we know of a server on the other side.
create table peer (
  authority bigint not null,
  host text not null,
  failures integer not null default 0,
  failing_since timestamptz,
  next_at timestamptz,
  error text,
  succeeded_at timestamptz,
  primary key (authority, host)
);
call guard_tenant('peer');
