create table post (
  authority bigint not null references authority (id),
  id bigint not null default next_id(),
  account bigint not null,
  network text not null,
  uri text,
  url text,
  kind text not null check (kind in ('note', 'article')),
  visibility text not null check (visibility in ('public', 'unlisted', 'followers', 'direct')),
  capacity text check (capacity in ('authority', 'office', 'personal')),
  version integer not null default 1,
  thread bigint not null,
  in_reply_to bigint,
  in_reply_to_uri text,
  parent_state text check (parent_state in ('missing', 'unavailable')),
  published_at timestamptz not null,
  edited_at timestamptz,
  deleted_at timestamptz,
  hidden_at timestamptz,
  person bigint,
  primary key (authority, id),
  foreign key (authority, account) references account (authority, id)
);
create unique index post_uri on post (authority, network, uri) where uri is not null;
create index post_account on post (authority, account, id);
create index post_thread on post (authority, thread, id);
create index post_orphan on post (authority, in_reply_to_uri) where in_reply_to is null and in_reply_to_uri is not null;
create index post_reply on post (authority, in_reply_to, id) where in_reply_to is not null;
call guard_tenant('post');

-- What was said, each time it was said. Never changed.
create table post_version (
  authority bigint not null,
  post bigint not null,
  version integer not null,
  source_type text not null check (source_type in ('plain', 'markdown', 'html')),
  source text not null,
  title text,
  warning text,
  language text,
  blocks jsonb not null,
  attachments jsonb not null default '[]',
  reason text,
  person bigint,
  at timestamptz not null,
  primary key (authority, post, version),
  foreign key (authority, post) references post (authority, id)
);
call guard_tenant('post_version');

create table post_mention (
  authority bigint not null,
  post bigint not null,
  account bigint not null,
  primary key (authority, post, account)
);
create index post_mention_account on post_mention (authority, account, post);
call guard_tenant('post_mention');

create table post_tag (
  authority bigint not null,
  tag text not null,
  post bigint not null,
  primary key (authority, tag, post)
);
create index post_tag_post on post_tag (authority, post);
call guard_tenant('post_tag');

-- What others have said to one of our accounts, and why we say so: what waits in the inbox.
create table addressed (
  authority bigint not null,
  account bigint not null,
  post bigint not null,
  why text not null check (why in ('direct', 'mention', 'reply', 'thread')),
  primary key (authority, account, post)
);
call guard_tenant('addressed');

-- A Delete that came before its Create.
create table post_tombstone (
  authority bigint not null,
  network text not null,
  uri text not null,
  account_uri text not null,
  at timestamptz not null default clock_timestamp(),
  primary key (authority, network, uri)
);
call guard_tenant('post_tombstone');

create table boost (
  authority bigint not null,
  id bigint not null default next_id(),
  account bigint not null,
  post bigint not null,
  uri text,
  person bigint,
  at timestamptz not null default clock_timestamp(),
  primary key (authority, id),
  unique (authority, post, account),
  foreign key (authority, post) references post (authority, id)
);
create index boost_account on boost (authority, account, id);
create unique index boost_uri on boost (authority, uri) where uri is not null;
call guard_tenant('boost');

create table favourite (
  authority bigint not null,
  id bigint not null default next_id(),
  account bigint not null,
  post bigint not null,
  uri text,
  person bigint,
  at timestamptz not null default clock_timestamp(),
  primary key (authority, id),
  unique (authority, post, account),
  foreign key (authority, post) references post (authority, id)
);
create index favourite_account on favourite (authority, account, id);
create unique index favourite_uri on favourite (authority, uri) where uri is not null;
call guard_tenant('favourite');
