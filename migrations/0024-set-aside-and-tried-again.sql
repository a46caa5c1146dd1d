-- What was set aside is tried again where its order allows: how often it has been, and when it is next; null is not by itself.
alter table subscription_failure
  add column tries integer not null default 0,
  add column again_at timestamptz;
