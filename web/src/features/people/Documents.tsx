/** The documents that were issued about an employee 员工文书. */
import { useQuery } from "@tanstack/react-query";
import { documentsOf, fileOf } from "@/api/documents";
import { useSession } from "@/api/session";
import { useWords } from "@/lib/language";
import { EmptyState } from "@/ui/EmptyState";
import { Loaded } from "@/ui/Loaded";
import { DocumentRows } from "@/ui/record/DocumentRows";
import { peopleWords } from "./words";

export function Documents({ employee }: { employee: string }) {
  const w = useWords(peopleWords);
  const { permissions, login } = useSession();
  // Others' documents outside one's department are left out without a word.
  const all = permissions["document.read"] === "all" || login.employee_id === employee;
  const query = useQuery({
    queryKey: ["documents", employee],
    queryFn: () => documentsOf({ employee }),
  });
  return (
    <Loaded query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState
            title={w(all ? "no_documents" : "no_documents_here")}
            why={w("no_documents_why")}
          />
        ) : (
          <DocumentRows of={items} fileOf={fileOf} />
        )
      }
    </Loaded>
  );
}
