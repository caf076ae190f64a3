/** The documents that were issued about an employee 员工文书. */
import { useQuery } from "@tanstack/react-query";
import { documentsOf, fileOf } from "@/api/documents";
import { useWords } from "@/lib/language";
import { EmptyState } from "@/ui/EmptyState";
import { Loaded } from "@/ui/Loaded";
import { DocumentRows } from "@/ui/record/DocumentRows";
import { peopleWords } from "./words";

export function Documents({ employee }: { employee: string }) {
  const w = useWords(peopleWords);
  const query = useQuery({
    queryKey: ["documents", employee],
    queryFn: () => documentsOf({ employee }),
  });
  return (
    <Loaded query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title={w("no_documents")} why={w("no_documents_why")} />
        ) : (
          <DocumentRows of={items} fileOf={fileOf} />
        )
      }
    </Loaded>
  );
}
