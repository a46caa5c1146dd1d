-- What somebody is told: one of our accounts (as the Mastodon API has it), or a member of staff. Made from the journal,
-- and taken away again when what it told of is taken back.
create table notification (
  authority bigint not null references authority (id),
  id bigint not null default next_id(),
  account bigint,
  person bigint,
  kind text not null,
  from_account bigint,
  from_person bigint,
  post bigint,
  thread bigint,
  draft bigint,
  -- What it tells of, once for each recipient: the boost, favourite, follow or post; for persons the journal entry.
  matter bigint not null,
  at timestamptz not null,
  mailed_at timestamptz,
  primary key (authority, id),
  check ((account is null) <> (person is null)),
  check (kind in ('mention', 'reblog', 'favourite', 'follow', 'follow_request', 'assigned', 'note-mention', 'overdue',
    'approval-asked', 'approval-given', 'approval-refused', 'late', 'failed'))
);
create unique index notification_once on notification (authority, matter, kind, coalesce(account, person));
create index notification_account on notification (authority, account, id) where account is not null;
create index notification_person on notification (authority, person, id) where person is not null;
create index notification_post on notification (authority, post) where post is not null;
create index notification_thread on notification (authority, thread) where person is not null;
create index notification_draft on notification (authority, draft) where draft is not null;
call guard_tenant('notification');

-- How far each person has read, and which letters they have asked for. Not facts: nobody's reading is on record.
create table notification_reader (
  authority bigint not null,
  person bigint not null,
  read_to bigint not null default 0,
  letters text[] not null default '{}',
  primary key (authority, person),
  foreign key (authority, person) references person (authority, id)
);
call guard_tenant('notification_reader');
