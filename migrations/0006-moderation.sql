-- The authority's own rules, as its guidelines page shows them.
create table rule (
  authority bigint not null,
  number integer not null,
  language text not null,
  title text not null,
  text text not null,
  primary key (authority, number, language)
);
call guard_tenant('rule');

-- Somebody told us. at is the moment from which the authority knows.
create table report (
  authority bigint not null,
  id bigint not null default next_id(),
  post bigint,
  account bigint,
  reporter bigint,
  contact text,
  words text not null default '',
  uri text,
  at timestamptz not null default clock_timestamp(),
  handled_at timestamptz,
  handled_by bigint,
  outcome text,
  primary key (authority, id)
);
create unique index report_uri on report (authority, uri) where uri is not null;
create index report_waiting on report (authority, id) where handled_at is null;
call guard_tenant('report');

-- What was decided, by whom, under which rule and why.
create table decision (
  authority bigint not null,
  id bigint not null default next_id(),
  action text not null check (action in ('hide', 'unhide', 'block', 'unblock')),
  post bigint,
  account bigint,
  domain text,
  rule integer,
  reason text not null,
  person bigint,
  at timestamptz not null default clock_timestamp(),
  primary key (authority, id)
);
create index decision_post on decision (authority, post, id) where post is not null;
call guard_tenant('decision');
