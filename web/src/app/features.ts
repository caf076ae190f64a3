/** Every feature there is, in the order of the menu. A new feature adds one line here 功能清单. */
import { alert } from "@/features/alert/feature";
import { approval } from "@/features/approval/feature";
import { bundle } from "@/features/bundle/feature";
import { commission } from "@/features/commission/feature";
import { customer } from "@/features/customer/feature";
import { departure } from "@/features/departure/feature";
import { desk } from "@/features/desk/feature";
import { documents } from "@/features/document/feature";
import { handover } from "@/features/handover/feature";
import { evidence } from "@/features/evidence/feature";
import { imports } from "@/features/import/feature";
import { people } from "@/features/people/feature";
import { receivable } from "@/features/receivable/feature";
import { rules } from "@/features/rules/feature";
import { signing } from "@/features/signing/feature";
import { system } from "@/features/system/feature";
import type { Feature } from "@/ui/shell/feature";

export const features: readonly Feature[] = [
  desk,
  approval,
  customer,
  departure,
  bundle,
  handover,
  commission,
  receivable,
  rules,
  documents,
  signing,
  people,
  imports,
  evidence,
  alert,
  system,
];
