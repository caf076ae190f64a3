import { expect, test } from "vitest";
import { people } from "../src/place";
import { sweep } from "../src/sweep";

// In one file, so that what two roles see alike is looked at once; two walk at a time.
test.concurrent.each(people().map(({ role }) => role))(
  "every page as %s: axe at both sizes, no push sideways, no refused request, one language at a time",
  async (role) => expect(await sweep(role)).toEqual([]),
  300_000,
);
