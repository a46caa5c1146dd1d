-- Programs that nothing has come of are forgotten: what else has a token of theirs must be found at once.
create index access_token_app on access_token (authority, app) where app is not null;
