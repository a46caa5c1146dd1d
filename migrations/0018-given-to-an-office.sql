-- A thread that is given to another office stands in that office's inbox too, as long as it is theirs.
alter table addressed drop constraint addressed_why_check;
alter table addressed add constraint addressed_why_check
  check (why in ('direct', 'mention', 'reply', 'thread', 'given')) not valid;
alter table addressed validate constraint addressed_why_check;
