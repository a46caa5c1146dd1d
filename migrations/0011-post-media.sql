-- Which posts show a picture: one that only stands in what was taken away is taken away with it.
create table post_media (
  authority bigint not null,
  media bigint not null,
  post bigint not null,
  primary key (authority, media, post)
);
call guard_tenant('post_media');

select set_config('torg.authority', '0', true);
insert into post_media (authority, media, post)
select said.authority, shown.media::bigint, said.post
from post_version said, lateral (
  select attachment ->> 'media' as media from jsonb_array_elements(said.attachments) attachment
  union
  select block ->> 'media' from jsonb_array_elements(said.blocks) block where block ->> 'kind' = 'image') shown
where shown.media is not null
on conflict do nothing;
select set_config('torg.authority', '', true);
