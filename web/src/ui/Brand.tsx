/** The mark and the name 品牌标识. */
import { useLanguage } from "@/lib/language";
import styles from "./Brand.module.css";

export function Brand({ folded = false }: { folded?: boolean }) {
  const zh = useLanguage() === "zh";
  return (
    <span className={styles.brand}>
      <img src="/mark.svg" alt={folded ? "Baton 接棒" : ""} width={30} height={30} />
      {!folded && (
        <span>
          {zh ? "接棒" : "Baton"}
          <small>{zh ? "Baton" : "接棒"}</small>
        </span>
      )}
    </span>
  );
}
