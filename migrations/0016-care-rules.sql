-- What an authority has decided about answering: when it is there, how soon it answers, who steps in, with which words.

create table care_setting (
  authority bigint primary key references authority (id),
  -- Eves of holidays on which nobody is there, as src/domain/care/holidays.ts names them.
  eves text[] not null,
  -- Office minutes after the due time until the deputy is told.
  deputy_after integer not null check (deputy_after >= 0)
);
call guard_tenant('care_setting');

create table office_hours (
  authority bigint not null references authority (id),
  weekday smallint not null check (weekday between 1 and 7),
  opens smallint not null check (opens between 0 and 1439),
  closes smallint not null check (closes > opens and closes <= 1440),
  primary key (authority, weekday, opens)
);
call guard_tenant('office_hours');

create table closed_day (
  authority bigint not null references authority (id),
  day date not null,
  name text not null,
  primary key (authority, day)
);
call guard_tenant('closed_day');

-- Office minutes within which an answer is to be given; without account or tag it holds for all.
create table care_target (
  authority bigint not null references authority (id),
  id bigint not null default next_id(),
  account bigint,
  tag text,
  minutes integer not null check (minutes > 0),
  primary key (authority, id),
  unique nulls not distinct (authority, account, tag),
  foreign key (authority, account) references account (authority, id)
);
call guard_tenant('care_target');

create table account_care (
  authority bigint not null references authority (id),
  account bigint not null,
  deputy bigint,
  primary key (authority, account),
  foreign key (authority, account) references account (authority, id),
  foreign key (authority, deputy) references person (authority, id)
);
call guard_tenant('account_care');

-- Where a matter of one person is taken instead of the public square.
create table account_contact (
  authority bigint not null references authority (id),
  account bigint not null,
  language text not null,
  way text not null,
  primary key (authority, account, language),
  foreign key (authority, account) references account (authority, id)
);
call guard_tenant('account_contact');

create table absence (
  authority bigint not null references authority (id),
  id bigint not null default next_id(),
  person bigint not null,
  first_day date not null,
  last_day date not null check (last_day >= first_day),
  substitute bigint check (substitute <> person),
  primary key (authority, id),
  foreign key (authority, person) references person (authority, id),
  foreign key (authority, substitute) references person (authority, id)
);
create index absence_person on absence (authority, person, last_day);
call guard_tenant('absence');

create table canned_answer (
  authority bigint not null references authority (id),
  id bigint not null default next_id(),
  account bigint,
  language text not null,
  name text not null,
  text text not null,
  source_url text,
  expires_on date,
  written_by bigint,
  written_at timestamptz not null,
  primary key (authority, id),
  foreign key (authority, account) references account (authority, id)
);
create index canned_answer_account on canned_answer (authority, account, name);
call guard_tenant('canned_answer');

-- Whether a message to an official concerns the authority's business (TF 2:8). The latest decision holds.
create table concern_decision (
  authority bigint not null references authority (id),
  id bigint not null default next_id(),
  care bigint not null,
  concerns boolean not null,
  person bigint not null,
  at timestamptz not null,
  primary key (authority, id)
);
create index concern_decision_care on concern_decision (authority, care, id);
call guard_tenant('concern_decision');
