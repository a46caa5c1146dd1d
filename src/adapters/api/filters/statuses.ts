import { addFilteredPost, mostFilteredPosts, removeFilteredPost } from "#domain/timelines/change-filters.ts";
import { filterWith, findFilter } from "#domain/timelines/filters.ts";
import { answer, done, invalid, missing } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { filteredPostEntity } from "../entities/filter.ts";
import { findStatus } from "../statuses/find-status.ts";
import { filterWords } from "./words.ts";

type UserCall = Call<Caller>;

/** GET /api/v2/filters/:filter_id/statuses */
export async function listStatuses({ services, site, caller, params }: UserCall): Promise<Response> {
  const authority = site.authority.id;
  const id = params.text("filter_id") ?? "";
  const filter = await services.db.read(authority, (tx) => findFilter(tx, authority, caller.account.id, id));
  return filter ? answer(filter.posts.map(filteredPostEntity)) : missing();
}

/** POST /api/v2/filters/:filter_id/statuses */
export async function addStatus(call: UserCall): Promise<Response> {
  const { services, site, caller, params } = call;
  const authority = site.authority.id;
  const account = caller.account.id;
  return services.db.as(authority, async (tx) => {
    const filter = await findFilter(tx, authority, account, params.text("filter_id") ?? "");
    const post = filter && (await findStatus(tx, call, params.id("status_id")));
    if (!filter || !post) return missing();
    const added = await addFilteredPost(tx, authority, account, filter, post.id);
    return added
      ? answer(filteredPostEntity(added))
      : invalid(filterWords[caller.person.language].tooManyStatuses(mostFilteredPosts));
  });
}

/** GET /api/v2/filters/statuses/:id */
export async function getStatus({ services, site, caller, params }: UserCall): Promise<Response> {
  const authority = site.authority.id;
  const id = params.text("id") ?? "";
  const filter = await services.db.read(authority, (tx) =>
    filterWith(tx, authority, caller.account.id, { post: id }),
  );
  const found = filter?.posts.find((one) => one.id === id);
  return found ? answer(filteredPostEntity(found)) : missing();
}

/** DELETE /api/v2/filters/statuses/:id */
export async function removeStatus({ services, site, caller, params }: UserCall): Promise<Response> {
  const authority = site.authority.id;
  const account = caller.account.id;
  const id = params.text("id") ?? "";
  return services.db.as(authority, async (tx) => {
    const filter = await filterWith(tx, authority, account, { post: id });
    const found = filter?.posts.find((one) => one.id === id);
    if (!found) return missing();
    await removeFilteredPost(tx, authority, account, found.id);
    return done();
  });
}
