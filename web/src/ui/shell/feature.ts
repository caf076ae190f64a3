/** What a feature gives to the application: its pages and its places in the menu 功能模块. */
import type { ComponentType } from "react";
import type { RouteObject } from "react-router";
import type { Pair } from "@/lib/words";

/** A group of places that folds in the menu. */
export type PlaceGroup = "system";

export type Place = {
  to: string;
  label: Pair;
  icon: ComponentType;
  /** Any of these permissions shows the place; the server decides in the end. */
  needs?: string | readonly string[];
  /** Only for logins of an employee: administrators have no business of their own. */
  person?: boolean;
  group?: PlaceGroup;
  /** Beside the label: how many things wait there. */
  badge?: ComponentType;
};

export type Feature = { routes: RouteObject[]; places: readonly Place[] };
