/** A record looked at beside its list; fills the screen on a phone 详情抽屉. */
import { Drawer } from "antd";
import { useRef, type ReactNode } from "react";
import { useNarrow } from "../useNarrow";

type Props = {
  open: boolean;
  title: ReactNode;
  actions?: ReactNode;
  onClose: () => void;
  children: ReactNode;
};

export function DetailDrawer({ open, title, actions, onClose, children }: Props) {
  const narrow = useNarrow();
  const head = useRef<HTMLSpanElement>(null);
  return (
    <Drawer
      open={open}
      title={
        <span ref={head} tabIndex={-1}>
          {title}
        </span>
      }
      extra={actions}
      size={narrow ? "100%" : 720}
      onClose={onClose}
      // By itself it would stop outside of the part that has a name.
      afterOpenChange={(shown) => shown && head.current?.focus({ preventScroll: true })}
      destroyOnHidden
    >
      {children}
    </Drawer>
  );
}
