import { profileLimits } from "../entities/instance.ts";
import { visibilityOf } from "../entities/status.ts";
import { changeProfile, mostFields, type Profile } from "#domain/accounts/change-profile.ts";
import {
  postingDefaults,
  setPostingDefaults,
  type PostingDefaults,
} from "#domain/accounts/posting-defaults.ts";
import type { MediaId } from "#domain/media/media.ts";
import { storeUpload } from "#domain/media/store-picture.ts";
import { invalid, missing } from "../answers.ts";
import type { Call, Caller } from "../endpoint.ts";
import { ownAccount } from "./credentials.ts";
import { profileFields } from "./profile-fields.ts";
import { accountWords } from "./words.ts";

const {
  max_display_name_length: longestName,
  max_note_length: longestNote,
  profile_field_name_limit: longestFieldName,
  profile_field_value_limit: longestFieldValue,
} = profileLimits;

/** PATCH /api/v1/accounts/update_credentials: all of it or nothing; what is not sent stays as it is. */
export async function updateCredentials(call: Call<Caller>): Promise<Response> {
  const { services, site, params, caller } = call;
  const authority = site.authority.id;
  const said = accountWords[caller.person.language];
  const objection = objectionTo(call);
  if (objection) return invalid(objection);
  const source = params.nested("source");
  const before = caller.account;
  const avatar = await storePicture(call, "avatar");
  if (typeof avatar !== "string") return invalid(said[avatar.refused]);
  const header = await storePicture(call, "header");
  if (typeof header !== "string") return invalid(said[header.refused]);
  const profile: Profile = {
    name: params.text("display_name") ?? before.name,
    role: before.role,
    answers: before.answers,
    biographySource: params.text("note") ?? before.biographySource,
    fields: params.has("fields_attributes") ? profileFields(params) : before.fields,
    avatar: avatar || before.avatar,
    header: header || before.header,
    locked: params.flag("locked") ?? before.locked,
    automated: params.flag("bot") ?? before.automated,
  };
  const refused = await services.db.as(authority, async (tx) => {
    if (source) {
      const defaults = await postingDefaults(tx, authority, before.id);
      await setPostingDefaults(tx, authority, before.id, readDefaults(source, defaults));
    }
    if (onlySource(call)) return undefined;
    const { outcome } = await changeProfile(tx, authority, before, profile, caller.person.id);
    return outcome === "changed" ? undefined : outcome;
  });
  switch (refused) {
    case undefined:
      return ownAccount(call);
    case "not-found":
      return missing();
    case "name-missing":
      return invalid(said.nameMissing);
    case "too-many-fields":
      return invalid(said.tooManyFields(mostFields));
    case "field-incomplete":
      return invalid(said.fieldIncomplete);
  }
}

/** What cannot be taken, found before anything is kept. */
function objectionTo({ params, caller }: Call<Caller>): string | undefined {
  const said = accountWords[caller.person.language];
  const name = params.text("display_name");
  const fields = profileFields(params).filter((field) => field.name !== "" || field.value !== "");
  if (name?.trim() === "") return said.nameMissing;
  if (name && name.length > longestName) return said.nameTooLong(longestName);
  if ((params.text("note") ?? "").length > longestNote) return said.noteTooLong(longestNote);
  if (fields.length > mostFields) return said.tooManyFields(mostFields);
  if (fields.some((field) => field.name === "" || field.value === "")) return said.fieldIncomplete;
  if (fields.some((field) => field.name.length > longestFieldName || field.value.length > longestFieldValue))
    return said.fieldTooLong(longestFieldName, longestFieldValue);
  // Apps send all switches as they stand: only a change is refused.
  if (params.flag("discoverable") === false || params.flag("indexable") === false) return said.alwaysOpen;
  if (params.flag("hide_collections") === true) return said.alwaysOpen;
  if (params.texts("attribution_domains").some((domain) => domain.trim() !== "")) return said.noAttribution;
  const privacy = params.nested("source")?.text("privacy");
  if (privacy && !usualVisibility(privacy)) return said.badPrivacy;
  const language = params.nested("source")?.text("language");
  return language && !/^[a-z]{2,3}$/i.test(language) ? said.badLanguage : undefined;
}

/** The picture's id; "" when none was sent. */
async function storePicture(
  { services, site, params, caller }: Call<Caller>,
  name: "avatar" | "header",
): Promise<MediaId | "" | { refused: "notAPicture" | "tooLarge" }> {
  const file = params.file(name);
  if (!file) return params.text(name) ? { refused: "notAPicture" } : "";
  if (file.size === 0) return "";
  const upload = { bytes: new Uint8Array(await file.arrayBuffer()), person: caller.person.id };
  const stored = await storeUpload(services.db, services.mediaStore, site.authority.id, upload);
  switch (stored.outcome) {
    case "stored":
      return stored.id;
    case "not-a-picture":
      return { refused: "notAPicture" };
    case "too-large":
      return { refused: "tooLarge" };
  }
}

/** What a post may begin with; one to those mentioned never does, for it needs somebody mentioned. */
function usualVisibility(wire: string | undefined): PostingDefaults["visibility"] | undefined {
  const visibility = visibilityOf(wire);
  return visibility === "direct" ? undefined : visibility;
}

function readDefaults(source: Call["params"], before: PostingDefaults): PostingDefaults {
  const language = source.text("language");
  return {
    visibility: usualVisibility(source.text("privacy")) ?? before.visibility,
    sensitive: source.flag("sensitive") ?? before.sensitive,
    language: language === undefined ? before.language : language.toLowerCase() || null,
  };
}

/** How its apps begin a post is nothing that followers are told. */
function onlySource({ params }: Call): boolean {
  const shown = ["display_name", "note", "avatar", "header", "locked", "bot", "fields_attributes"];
  return !shown.some((name) => params.has(name));
}
