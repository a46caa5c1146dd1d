-- The newest of our own, for words that many of them hold: these are found by walking, not by the index of words.
create index concurrently post_search_own_newest on post_search (authority, post) where own;
-- Which of some posts show a picture, in the order in which they are listed.
create index concurrently post_media_post on post_media (authority, post);
