-- What happened. Append-only: the number is given once by the sequencer, nothing else ever changes.

create table journal (
  authority bigint not null,
  id bigint not null default next_id(),
  number bigint,
  at timestamptz not null default clock_timestamp(),
  direction text not null check (direction in ('in', 'out', 'within')),
  kind text not null,
  account bigint,
  channel text,
  person bigint,
  post bigint,
  subject bigint[] not null default '{}',
  facts jsonb not null default '{}',
  digest bytea,
  primary key (authority, id)
);
create unique index journal_number on journal (number) where number is not null;
create index journal_unnumbered on journal (id) where number is null;
create index journal_post on journal (authority, post, id) where post is not null;
call guard_tenant('journal');

-- The words and bytes of an entry, apart so that disposal can remove them and leave the entry with its digest.
create table journal_payload (
  authority bigint not null,
  entry bigint not null,
  salt bytea not null,
  body text,
  raw bytea,
  primary key (authority, entry)
);
call guard_tenant('journal_payload');

create function journal_is_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.number is null and new.number is not null then
    new.number := new.number;
    if (to_jsonb(new) - 'number') = (to_jsonb(old) - 'number') then return new; end if;
  end if;
  raise exception 'the journal is append-only (% of entry %)', tg_op, old.id;
end $$;
create trigger append_only before update or delete on journal for each row execute function journal_is_append_only();

-- The last number given. One row; the sequencer alone writes it.
create table journal_head (
  single boolean primary key default true check (single),
  number bigint not null
);
insert into journal_head (number) values (0);
