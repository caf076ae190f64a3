/** A chart, loaded only when one is shown 图表. */
import { lazy, Suspense } from "react";
import { Loading } from "./Loading";
import type { ChartOption } from "./chart/EChart";

const EChart = lazy(() => import("./chart/EChart"));

type Props = {
  option: ChartOption;
  /** What the chart shows, in a sentence, for people who cannot see it. */
  label: string;
  /** In CSS pixels. */
  height?: number;
};

export function Chart({ option, label, height = 260 }: Props) {
  return (
    <Suspense fallback={<Loading />}>
      <EChart option={option} label={label} height={height} />
    </Suspense>
  );
}
