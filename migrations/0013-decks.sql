-- Lists belong to one of our accounts, as in the Mastodon API: whoever speaks for the account uses them.
create table list (
  authority bigint not null,
  id bigint not null default next_id(),
  account bigint not null,
  title text not null check (length(title) between 1 and 100),
  primary key (authority, id),
  foreign key (authority, account) references account (authority, id)
);
create index list_account on list (authority, account, id);
call guard_tenant('list');

create table list_member (
  authority bigint not null,
  list bigint not null,
  account bigint not null,
  primary key (authority, list, account),
  foreign key (authority, list) references list (authority, id) on delete cascade,
  foreign key (authority, account) references account (authority, id)
);
create index list_member_account on list_member (authority, account);
call guard_tenant('list_member');

-- Columns side by side: one person's own, or (person null) shared by all staff of the authority. Settings, not facts.
create table deck (
  authority bigint not null,
  id bigint not null default next_id(),
  person bigint,
  made_by bigint not null,
  name text not null default '' check (length(name) <= 100),
  primary key (authority, id),
  foreign key (authority, person) references person (authority, id),
  foreign key (authority, made_by) references person (authority, id)
);
create index deck_person on deck (authority, person, id);
call guard_tenant('deck');

-- removed_at: taken away a moment ago, and can be had back.
create table deck_column (
  authority bigint not null,
  id bigint not null default next_id(),
  deck bigint not null,
  rank integer not null,
  kind text not null check (kind in ('inbox', 'home', 'account', 'list', 'tag', 'search', 'drafts', 'person', 'thread', 'notifications')),
  subject jsonb not null default '{}',
  name text not null default '' check (length(name) <= 100),
  width text not null default 'normal' check (width in ('narrow', 'normal', 'wide')),
  filters jsonb not null default '{}',
  removed_at timestamptz,
  primary key (authority, id),
  foreign key (authority, deck) references deck (authority, id) on delete cascade
);
create index deck_column_deck on deck_column (authority, deck, rank);
call guard_tenant('deck_column');

-- How far somebody has read in a column, and whether it may call for them. Never in the journal: nobody watches staff read.
create table deck_place (
  authority bigint not null,
  person bigint not null,
  deck_column bigint not null,
  position bigint,
  notify boolean not null default false,
  primary key (authority, person, deck_column),
  foreign key (authority, person) references person (authority, id),
  foreign key (authority, deck_column) references deck_column (authority, id) on delete cascade
);
create index deck_place_column on deck_place (authority, deck_column);
call guard_tenant('deck_place');

-- The index of words now holds what others have said for everyone as well; own tells our own, for the public search,
-- which has an index to itself and so does not slow down by what is received. Every row until now is our own.
alter table post_search add column own boolean not null default true;
create index post_search_own on post_search using gin (words) where own;

-- Words of what is not for everyone (and of what is hidden): only asked for post by post, and so guarded.
create table post_words (
  authority bigint not null,
  post bigint not null,
  words tsvector not null,
  primary key (authority, post)
);
call guard_tenant('post_words');
