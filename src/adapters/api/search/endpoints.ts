import { open, optional, type Endpoint } from "../endpoint.ts";
import { oembed } from "./oembed.ts";
import { search } from "./search.ts";

export const searchEndpoints: readonly Endpoint[] = [
  {
    ...optional("GET", "/api/v2/search", "read:search", search),
    // Who may have other servers asked is known beforehand.
    onlyReads: (params) => !params.flag("resolve"),
  },
  open("GET", "/api/oembed", oembed),
];
