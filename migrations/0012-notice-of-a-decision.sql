-- The message by which the author was told of a decision; null when nobody was.
alter table decision add column notice bigint;
create index decision_notice on decision (authority, notice) where notice is not null;
