-- A second person reads before an account speaks, where that is wished.
alter table account add column approval boolean not null default false;

-- What is being written and what waits to go out. No fact, so never in the journal; the words are dropped once sent.
-- key: the form's one-time key. tab: which open form wrote last, so that two of them do not overwrite each other.
-- target: the post that is answered or edited; thread: the conversation of an answer, where colleagues see that it waits.
-- mark: an id from when it was sent or planned: whoever has seen a greater one has been told of it.
-- local_time and zone are what was asked for; due_at follows from them.
create table draft (
  authority bigint not null,
  id bigint not null default next_id(),
  person bigint not null,
  key text not null check (length(key) between 1 and 64),
  tab text,
  replaces bigint,
  state text not null check (state in ('draft', 'awaiting', 'scheduled', 'sending', 'late', 'failed', 'sent', 'thrown')),
  mode text not null check (mode in ('new', 'reply', 'edit')),
  target bigint,
  thread bigint,
  account bigint,
  content jsonb not null,
  reason text not null default '',
  post_version integer,
  seen bigint,
  mark bigint,
  version integer not null default 1,
  parked boolean not null default false,
  local_time text,
  zone text,
  due_at timestamptz,
  approved_by bigint,
  approved_version integer,
  refused_by bigint,
  comment text,
  bypass_reason text,
  problem text,
  digest bytea,
  posts bigint[] not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (authority, id),
  unique (authority, person, key),
  foreign key (authority, person) references person (authority, id),
  check ((mode = 'new') = (target is null)),
  check (state not in ('scheduled', 'sending') or due_at is not null)
);
create index draft_person on draft (authority, person, updated_at) where state not in ('sent', 'thrown');
create index draft_account on draft (authority, account) where state in ('awaiting', 'scheduled', 'sending', 'late', 'failed');
create index draft_thread on draft (authority, thread) where thread is not null and state <> 'draft';
create index draft_due on draft (due_at) where state in ('scheduled', 'sending');
create index draft_over on draft (updated_at) where state in ('sent', 'thrown');
call guard_tenant('draft');

-- What was published without the second person's approval, and why.
create table approval_bypass (
  authority bigint not null,
  post bigint not null,
  person bigint not null,
  reason text not null,
  at timestamptz not null,
  primary key (authority, post)
);
call guard_tenant('approval_bypass');
