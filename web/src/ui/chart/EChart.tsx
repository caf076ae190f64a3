/** ECharts with the few parts we draw, as SVG 图表实现. Import `ui/Chart`, which loads this late. */
import { BarChart, LineChart, PieChart } from "echarts/charts";
import type { BarSeriesOption, LineSeriesOption, PieSeriesOption } from "echarts/charts";
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
} from "echarts/components";
import type {
  AriaComponentOption,
  GridComponentOption,
  LegendComponentOption,
  TooltipComponentOption,
} from "echarts/components";
import { init, use as register, type ComposeOption } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";

register([BarChart, LineChart, PieChart, AriaComponent, GridComponent, LegendComponent]);
register([TooltipComponent, SVGRenderer]);

export type ChartOption = ComposeOption<
  | BarSeriesOption
  | LineSeriesOption
  | PieSeriesOption
  | AriaComponentOption
  | GridComponentOption
  | LegendComponentOption
  | TooltipComponentOption
>;

const palette = ["#1554ad", "#e8684a", "#2f9e8f", "#8b62c9", "#d69a1c", "#5d6b7e"];
const calm = matchMedia("(prefers-reduced-motion: reduce)");

type Props = { option: ChartOption; label: string; height: number };

export default function EChart({ option, label, height }: Props) {
  const place = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!place.current) return;
    const chart = init(place.current, undefined, { renderer: "svg" });
    chart.setOption({
      color: palette,
      // The width of words is measured on a canvas, which knows no inheritance.
      textStyle: { fontFamily: getComputedStyle(place.current).fontFamily },
      aria: { enabled: true, label: { description: label } },
      animation: !calm.matches,
      grid: { left: 8, right: 8, top: 48, bottom: 8, containLabel: true },
      ...option,
      ...(option.legend && { legend: { top: 0, right: 0, ...option.legend } }),
    });
    const watcher = new ResizeObserver(() => chart.resize());
    watcher.observe(place.current);
    return () => {
      watcher.disconnect();
      chart.dispose();
    };
  }, [option, label]);

  return <div ref={place} role="img" aria-label={label} style={{ height }} />;
}
