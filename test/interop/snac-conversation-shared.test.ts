// The same conversation, with a Torg whose load is shared by several processes.
import { environment } from "../environment.ts";

environment.shape = "two-and-two";
await import("./snac-conversation.test.ts");
