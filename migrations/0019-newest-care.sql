-- The list of threads, the newest first: read from its end, however many threads there are.
create index care_newest on care (authority, coalesce(asked_post, thread));
