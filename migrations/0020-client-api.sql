-- Programs that people let act for them, and the way from asking to a token (RFC 6749, RFC 7636).
create table oauth_app (
  authority bigint not null references authority (id),
  id bigint not null default next_id(),
  client_id text not null,
  secret_hash bytea not null,
  name text not null check (length(name) between 1 and 200),
  website text check (length(website) <= 2000),
  redirect_uris text[] not null,
  scopes text[] not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (authority, id),
  unique (authority, client_id)
);
call guard_tenant('oauth_app');

-- Once used it stays until it is forgotten: a code that comes a second time is a stolen one, and takes its token along.
create table oauth_code (
  authority bigint not null,
  code_hash bytea not null,
  app bigint not null,
  person bigint not null,
  account bigint not null,
  scopes text[] not null,
  redirect_uri text not null,
  code_challenge text,
  token bigint,
  created_at timestamptz not null,
  primary key (authority, code_hash),
  foreign key (authority, app) references oauth_app (authority, id) on delete cascade,
  foreign key (authority, person) references person (authority, id),
  foreign key (authority, account) references account (authority, id)
);
call guard_tenant('oauth_code');

-- A token of a program by itself (client credentials) speaks for nobody.
alter table access_token alter column person drop not null, alter column account drop not null,
  add column app bigint, add column last_used_on date;
alter table access_token add constraint access_token_app foreign key (authority, app) references oauth_app (authority, id);
create index access_token_person on access_token (authority, person) where revoked_at is null;

alter table follow add column show_reblogs boolean not null default true,
  add column notify boolean not null default false, add column languages text[];

-- Settings of one of our accounts, for its clients: what it does not want to see. Replies to it still stand in its inbox.
create table mute (
  authority bigint not null,
  id bigint not null default next_id(),
  account bigint not null,
  muted bigint,
  domain text,
  notifications boolean not null default true,
  until timestamptz,
  primary key (authority, id),
  check ((muted is null) <> (domain is null)),
  foreign key (authority, account) references account (authority, id),
  foreign key (authority, muted) references account (authority, id)
);
create unique index mute_account on mute (authority, account, muted) where muted is not null;
create unique index mute_domain on mute (authority, account, domain) where domain is not null;
call guard_tenant('mute');

create table account_note (
  authority bigint not null,
  account bigint not null,
  about bigint not null,
  comment text not null check (length(comment) between 1 and 2000),
  primary key (authority, account, about),
  foreign key (authority, account) references account (authority, id),
  foreign key (authority, about) references account (authority, id)
);
call guard_tenant('account_note');

create table tag_follow (
  authority bigint not null,
  id bigint not null default next_id(),
  account bigint not null,
  tag text not null,
  primary key (authority, id),
  unique (authority, account, tag),
  foreign key (authority, account) references account (authority, id)
);
create index tag_follow_tag on tag_follow (authority, tag);
call guard_tenant('tag_follow');

alter table list add column replies_policy text not null default 'list' check (replies_policy in ('followed', 'list', 'none')),
  add column exclusive boolean not null default false;

-- What an account keeps for later, and what it keeps at the top of its page. The second is a fact, and in the journal.
create table bookmark (
  authority bigint not null,
  id bigint not null default next_id(),
  account bigint not null,
  post bigint not null,
  primary key (authority, id),
  unique (authority, account, post),
  foreign key (authority, post) references post (authority, id)
);
create index bookmark_account on bookmark (authority, account, id);
call guard_tenant('bookmark');

create table pin (
  authority bigint not null,
  id bigint not null default next_id(),
  account bigint not null,
  post bigint not null,
  primary key (authority, id),
  unique (authority, account, post),
  foreign key (authority, post) references post (authority, id)
);
call guard_tenant('pin');

create table thread_mute (
  authority bigint not null,
  account bigint not null,
  thread bigint not null,
  primary key (authority, account, thread)
);
call guard_tenant('thread_mute');

-- Filters of the Mastodon API, version 2.
create table filter (
  authority bigint not null,
  id bigint not null default next_id(),
  account bigint not null,
  title text not null check (length(title) between 1 and 200),
  contexts text[] not null,
  action text not null check (action in ('warn', 'hide', 'blur')),
  expires_at timestamptz,
  primary key (authority, id),
  foreign key (authority, account) references account (authority, id)
);
create index filter_account on filter (authority, account, id);
call guard_tenant('filter');

create table filter_keyword (
  authority bigint not null,
  id bigint not null default next_id(),
  filter bigint not null,
  keyword text not null check (length(keyword) between 1 and 200),
  whole_word boolean not null default true,
  primary key (authority, id),
  foreign key (authority, filter) references filter (authority, id) on delete cascade
);
create index filter_keyword_filter on filter_keyword (authority, filter, id);
call guard_tenant('filter_keyword');

create table filter_status (
  authority bigint not null,
  id bigint not null default next_id(),
  filter bigint not null,
  post bigint not null,
  primary key (authority, id),
  unique (authority, filter, post),
  foreign key (authority, filter) references filter (authority, id) on delete cascade
);
call guard_tenant('filter_status');

-- How far somebody has read with their apps. Of each person alone: nobody watches staff read.
create table marker (
  authority bigint not null,
  person bigint not null,
  account bigint not null,
  timeline text not null check (timeline in ('home', 'notifications')),
  last_read_id bigint not null,
  version integer not null default 1,
  updated_at timestamptz not null,
  primary key (authority, person, account, timeline),
  foreign key (authority, person) references person (authority, id)
);
call guard_tenant('marker');

-- Likewise for conversations in confidence: how far they are read, and up to where they were put away.
create table conversation_place (
  authority bigint not null,
  person bigint not null,
  account bigint not null,
  thread bigint not null,
  read_to bigint not null default 0,
  removed_to bigint not null default 0,
  primary key (authority, person, account, thread),
  foreign key (authority, person) references person (authority, id)
);
call guard_tenant('conversation_place');

-- How many posts and follows there are of an account: kept by following the journal, for counting them takes longer
-- the more there are.
create table account_count (
  authority bigint not null,
  account bigint not null,
  posts integer not null default 0,
  followers integer not null default 0,
  following integer not null default 0,
  last_post_on date,
  primary key (authority, account)
);
call guard_tenant('account_count');

-- What earlier versions wrote counts as well; later on as src/domain/timelines/count-accounts.ts does.
select set_config('torg.authority', '0', true);
insert into account_count (authority, account, posts, followers, following, last_post_on)
select authority, account, sum(posts), sum(followers), sum(following), max(day) from (
  select post.authority, post.account, count(*) as posts, 0 as followers, 0 as following,
    (max(post.published_at) at time zone authority.zone)::date as day
  from post join authority on authority.id = post.authority
  where post.deleted_at is null and post.hidden_at is null and post.visibility <> 'direct'
  group by post.authority, post.account, authority.zone
  union all
  select boost.authority, boost.account, count(*), 0, 0, (max(boost.at) at time zone authority.zone)::date
  from boost join authority on authority.id = boost.authority
  join post on post.authority = boost.authority and post.id = boost.post
  where post.deleted_at is null and post.hidden_at is null and post.visibility <> 'direct'
  group by boost.authority, boost.account, authority.zone
  union all
  select authority, followed, 0, count(*), 0, null from follow where state = 'accepted' group by authority, followed
  union all
  select authority, follower, 0, 0, count(*), null from follow where state = 'accepted' group by authority, follower) known
group by authority, account;
-- The journal is read from here on: what came before is in the rows above.
insert into subscription (name, position) select 'account-counts', number from journal_head on conflict do nothing;
select set_config('torg.authority', '', true);

-- How an account's programs begin a post, unless they say otherwise.
alter table account add column default_visibility text not null default 'public'
    check (default_visibility in ('public', 'unlisted', 'followers')),
  add column default_sensitive boolean not null default false, add column default_language text;

-- What a client described before it was said; the words that were sent with a post are in its versions.
alter table media add column description text, add column focus_x real, add column focus_y real;

-- Where a device wants to be told (RFC 8030), and the authority's key for telling (RFC 8292).
create table push_key (
  authority bigint not null references authority (id),
  public_key text not null,
  private_key text not null,
  primary key (authority)
);
call guard_tenant('push_key');

create table push_subscription (
  authority bigint not null,
  id bigint not null default next_id(),
  token bigint not null,
  endpoint text not null check (length(endpoint) <= 2000),
  p256dh text not null,
  auth text not null,
  standard boolean not null default false,
  policy text not null default 'all' check (policy in ('all', 'followed', 'follower', 'none')),
  alerts jsonb not null default '{}',
  -- The last notification that was told, or passed over.
  told_to bigint not null default 0,
  -- Failures since the last success, and until when the other end is left in peace.
  failures integer not null default 0,
  rest_until timestamptz,
  primary key (authority, id),
  unique (authority, token),
  foreign key (authority, token) references access_token (authority, id)
);
call guard_tenant('push_subscription');

-- What the public line of our own accounts, and conversations in confidence, are read by: both are few among many.
create index post_own_public on post (authority, id) where uri is null and visibility = 'public';
create index post_direct on post (authority, id) where visibility = 'direct';
alter table conversation_place add column kept_unread boolean not null default false;

-- status: somebody whom an account wants to hear of has written; update: what it passed on was changed.
alter table notification drop constraint notification_kind_check;
alter table notification add constraint notification_kind_check check (kind in ('mention', 'reblog', 'favourite',
  'follow', 'follow_request', 'status', 'update', 'assigned', 'note-mention', 'overdue', 'approval-asked',
  'approval-given', 'approval-refused', 'late', 'failed'));
