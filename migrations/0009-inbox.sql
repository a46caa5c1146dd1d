-- Activities that have been stored: peers repeat themselves, and a repetition changes nothing.
create table activity_seen (
  authority bigint not null,
  id text not null,
  at timestamptz not null default clock_timestamp(),
  primary key (authority, id)
);
create index activity_seen_at on activity_seen (authority, at);
call guard_tenant('activity_seen');
