/** A problem told in place, above the buttons of a form or dialog 就地提示. */
import { Alert } from "antd";
import { useLanguage } from "@/lib/language";
import { explain, type Problem } from "@/lib/problem";

export function ProblemNote({ problem }: { problem: Problem | null | undefined }) {
  const language = useLanguage();
  // That one must sign in again is told over the whole page, and is over once one has.
  if (!problem || problem.status === 401) return null;
  const { title, remedy } = explain(problem, language);
  return <Alert type="error" showIcon title={title} description={remedy || undefined} />;
}
