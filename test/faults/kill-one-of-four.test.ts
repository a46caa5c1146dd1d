// The test of kill -9, with the load shared: it is one of the processes that is killed, each time another.
import { environment } from "../environment.ts";

environment.shape = "two-and-two";
await import("./kill.test.ts");
