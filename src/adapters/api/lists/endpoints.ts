import { ready, user, type Endpoint } from "../endpoint.ts";
import { createList, deleteList, showList, showLists, updateList } from "./lists.ts";
import { addToList, listAccounts, removeFromList } from "./members.ts";

export const listEndpoints: readonly Endpoint[] = [
  ready(user("GET", "/api/v1/lists", "read:lists", showLists)),
  user("POST", "/api/v1/lists", "write:lists", createList),
  user("GET", "/api/v1/lists/:id", "read:lists", showList),
  user("PUT", "/api/v1/lists/:id", "write:lists", updateList),
  user("DELETE", "/api/v1/lists/:id", "write:lists", deleteList),
  user("GET", "/api/v1/lists/:id/accounts", "read:lists", listAccounts),
  user("POST", "/api/v1/lists/:id/accounts", "write:lists", addToList),
  user("DELETE", "/api/v1/lists/:id/accounts", "write:lists", removeFromList),
];
