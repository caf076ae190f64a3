/** Runs before each file of tests, which share their modules and the browser 每个文件之前. */
import { forgetSessions } from "./server";

forgetSessions();
