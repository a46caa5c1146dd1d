-- Ids, the tenant guard, and what platform/ itself remembers.

create sequence id_sequence as bigint cycle;

-- 64-bit snowflake in arrival order: milliseconds since 1970 << 16, then a running number.
-- As a decimal string it is 18 digits wide until the year 2453.
create function next_id() returns bigint language sql volatile as $$
  select ((extract(epoch from clock_timestamp()) * 1000)::bigint << 16) | (nextval('id_sequence') & 65535)
$$;

-- The authority that this transaction works for; 0 is the system itself (sequencer, backup), null is nobody.
create function bound_authority() returns bigint language sql stable parallel safe as $$
  select nullif(current_setting('torg.authority', true), '')::bigint
$$;

-- Every tenant table passes here: forced, so that the owner is bound as well.
create procedure guard_tenant(name regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', name);
  execute format('alter table %s force row level security', name);
  execute format('create policy tenant on %s using (authority = (select bound_authority()) or (select bound_authority()) = 0)', name);
end $$;

-- Counters that may be lost: an attacker gains one window at most.
create unlogged table rate_limit (
  authority bigint not null,
  key text not null,
  window_start timestamptz not null,
  count integer not null,
  primary key (authority, key)
);
call guard_tenant('rate_limit');

-- How far each reader of the journal has come.
create table subscription (
  name text primary key,
  position bigint not null
);

-- Entries that a reader could not digest: set aside with the reason, so that the rest goes on.
create table subscription_failure (
  name text not null,
  number bigint not null,
  error text not null,
  at timestamptz not null,
  primary key (name, number)
);
