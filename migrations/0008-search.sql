-- Words of our own public posts, reduced by domain/search/words.ts. Not guarded by row-level security: a policy
-- keeps PostgreSQL from using the word index (@@ is not leakproof). It holds no text that is not public, only ids
-- come out of it, and each is read through the guarded post table.
create table post_search (
  authority bigint not null,
  post bigint not null,
  words tsvector not null,
  primary key (authority, post)
);
create index post_search_words on post_search using gin (words);
