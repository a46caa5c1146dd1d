-- One-time keys of forms and clients: a request that is sent again, because its answer was lost, writes nothing twice.
-- digest says what was sent with the key; what has changed since is no repetition.
create table publish_key (
  authority bigint not null,
  person bigint not null,
  key text not null check (length(key) between 1 and 255),
  digest bytea,
  post bigint,
  at timestamptz not null,
  primary key (authority, person, key),
  foreign key (authority, post) references post (authority, id)
);
create index publish_key_at on publish_key (authority, at);
call guard_tenant('publish_key');
