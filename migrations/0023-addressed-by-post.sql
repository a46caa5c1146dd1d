-- To whom some posts speak: asked of every batch of what was received, which otherwise reads all that was ever said to us.
create index concurrently addressed_post on addressed (authority, post);
