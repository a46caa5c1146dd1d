-- The inbox as shared work: one row for each thread that is addressed to us, kept in step with what is said in it.
create table care (
  authority bigint not null,
  id bigint not null default next_id(),
  thread bigint not null,
  -- The first of our accounts that is spoken to.
  account bigint not null,
  network text not null,
  status text not null check (status in ('new', 'assigned', 'waiting', 'answered', 'closed', 'nothing-to-answer')),
  assignee_person bigint,
  -- An office, for whoever speaks for it.
  assignee_account bigint,
  -- The oldest post that waits, or the last that did.
  asked_post bigint,
  -- Since when somebody waits; null when nobody does.
  asked_at timestamptz,
  due_at timestamptz,
  -- Who has heard that it is overdue: 0 nobody, 1 the assignee, 2 the deputy.
  told smallint not null default 0,
  -- A decision on direct messages; null until it is made.
  concerns_office boolean,
  -- What was addressed to us up to this post is answered, or done with in another way.
  settled_post bigint not null default 0,
  version integer not null default 1,
  updated_at timestamptz not null default clock_timestamp(),
  primary key (authority, id),
  unique (authority, thread),
  check (assignee_person is null or assignee_account is null)
);
create index care_waiting on care (authority, asked_at) where asked_at is not null;
create index care_due on care (authority, due_at) where due_at is not null;
call guard_tenant('care');

create table care_tag (
  authority bigint not null,
  care bigint not null,
  tag text not null,
  primary key (authority, care, tag)
);
create index care_tag_tag on care_tag (authority, tag);
call guard_tenant('care_tag');

-- What colleagues say among themselves. The words stand here and never in the journal.
create table care_note (
  authority bigint not null,
  id bigint not null default next_id(),
  care bigint not null,
  person bigint not null,
  text text not null,
  mentions bigint[] not null default '{}',
  at timestamptz not null,
  primary key (authority, id)
);
create index care_note_care on care_note (authority, care, id);
call guard_tenant('care_note');

-- How long each question waited, in the authority's office hours.
create table care_answer (
  authority bigint not null,
  id bigint not null default next_id(),
  care bigint not null,
  account bigint not null,
  network text not null,
  asked_at timestamptz not null,
  answered_at timestamptz not null,
  office_seconds integer not null,
  person bigint,
  -- Our answer: if it is taken back, the question waits again.
  post bigint,
  primary key (authority, id)
);
create index care_answer_time on care_answer (authority, answered_at);
create index care_answer_care on care_answer (authority, care);
create index care_answer_post on care_answer (authority, post) where post is not null;
call guard_tenant('care_answer');

-- What has come in already. Nobody was promised an answer by a certain time, so none of it is due, and only the
-- last thirty days wait for anybody: older threads get their row when somebody speaks in them or takes them up.
select set_config('torg.authority', '0', true);
insert into care (authority, thread, account, network, status, asked_post, asked_at, settled_post)
select thread.authority, thread.id, first.account, asked.network,
  case when thread.waiting is null then 'answered' else 'new' end,
  asked.id, case when thread.waiting is not null then to_timestamp((asked.id >> 16) / 1000.0) end,
  case when thread.waiting is null then thread.answered else asked.id - 1 end
from (
  select said.authority, said.thread as id, min(said.id) filter (where said.id > coalesce(own.last, 0)) as waiting,
    max(said.id) as latest, coalesce(max(own.last), 0) as answered
  from post said
  left join lateral (
    select max(post.id) as last from post
    where post.authority = said.authority and post.thread = said.thread and post.uri is null and post.deleted_at is null) own on true
  where said.id > ((extract(epoch from now() - interval '30 days') * 1000)::bigint << 16)
    and said.deleted_at is null and said.hidden_at is null
    and exists (select from addressed where addressed.authority = said.authority and addressed.post = said.id)
  group by said.authority, said.thread) thread
join post asked on asked.authority = thread.authority and asked.id = coalesce(thread.waiting, thread.latest)
cross join lateral (
  select account from addressed where addressed.authority = asked.authority and addressed.post = asked.id
  order by array_position(array['direct', 'mention', 'reply', 'thread'], why), account limit 1) first
on conflict do nothing;
-- The journal is read from here on: what came before is in the rows above.
insert into subscription (name, position) select 'care', number from journal_head on conflict do nothing;
select set_config('torg.authority', '', true);
