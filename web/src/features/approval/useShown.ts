/** What the page of a case shows about its thing, and is kept with an answer 页面所示. */
import { useQuery } from "@tanstack/react-query";
import { forecastQuery } from "@/api/forecast";
import { useCan } from "@/api/session";
import type { CaseView } from "./calls";

/** The plan whose forecast stands on the page; none where the caller may not read it. */
export function useForecastOf(of: CaseView): string | undefined {
  const can = useCan();
  const [kind, plan] = of.subject.split("/");
  const asks = kind === "plan" && of.state === "running";
  return asks && can("handover.read") && can("commission.read") ? plan : undefined;
}

/** The digest of what is shown; agreeing waits until it is there. */
export function useShown(of: CaseView): { waits: boolean; shown?: string } {
  const plan = useForecastOf(of);
  const { data, isFetching } = useQuery({
    ...forecastQuery(plan ?? "", of.history.length),
    enabled: Boolean(plan),
  });
  const digest = plan ? data?.digest : undefined;
  return { waits: Boolean(plan) && isFetching, ...(digest && { shown: digest }) };
}
