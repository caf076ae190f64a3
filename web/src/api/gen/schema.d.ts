// Made by `npm run gen` from the server's OpenAPI description; do not edit.

export interface paths {
    "/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Entries in words, newest first. Whoever may read a thing may read its history. */
        get: {
            parameters: {
                query?: {
                    /** @description `customer/cus_…`: only entries that speak of this thing. */
                    subject?: string | null;
                    /** @description Name of an act. */
                    kind?: string | null;
                    /** @description Opaque id of who acted. */
                    actor?: string | null;
                    /** @description Not before this moment, RFC 3339. */
                    from?: string | null;
                    /** @description Before this moment, RFC 3339. */
                    until?: string | null;
                    cursor?: string | null;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_EntryLine"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/evidence-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The state of the log: size, newest checkpoint, key. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LogState"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/evidence-log/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Compute the whole log anew and compare. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LogState"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/evidence/{index}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One entry with what was hashed. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    index: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["EntryDetail"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/evidence/{index}/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The proof of one entry, C2SP `tlog-proof@v1`, to be checked with `baton verify` or any such tool. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    index: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": unknown;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/logins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Logins with their roles. */
        get: {
            parameters: {
                query?: {
                    /** @description Part of 工号 or name. */
                    q?: string;
                    /** @description Cursor of the next page. */
                    cursor?: string | null;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_LoginItem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/logins/{id}/access": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open or close a login; all its sessions end. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AccessChange"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/logins/{id}/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a login exactly these roles. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RoleChange"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The permission matrix. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Matrix"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is logged in. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SessionView"];
                    };
                };
                /** @description nobody */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        /** Log in with 工号 and password. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Credentials"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SessionView"];
                    };
                };
                /** @description refused */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        /** Log out. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change one's own password; all sessions of the login end. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PasswordChange"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description refused */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Whether a login is open. */
        AccessChange: {
            active: boolean;
        };
        ApprovalLine: {
            /** Format: date-time */
            at: string;
            by: string;
            decision: string;
        };
        /** @description What an audit found. */
        AuditView: {
            /** Format: date-time */
            at: string;
            /** Format: int64 */
            erased: number;
            findings: string[];
            root: string;
            /** Format: int64 */
            size: number;
            verdict: string;
            verdict_zh: string;
        };
        /** @description Number and password. */
        Credentials: {
            /** @description 工号 */
            number: string;
            /** @description 密码 */
            password: string;
        };
        /** @description One entry with what was hashed. */
        EntryDetail: {
            approvals: components["schemas"]["ApprovalLine"][];
            /** @description The logged bytes, as text. */
            entry: string;
            /** @description Leaf hash, base64. */
            leaf: string;
            line: components["schemas"]["EntryLine"];
            subjects: string[];
        };
        /** @description One entry in words. */
        EntryLine: {
            actor: string;
            /** @description Name of who acted; 系统 for the system. */
            actor_name: string;
            /** Format: date-time */
            at: string;
            /** @description Before, after and the rest of the story, as it was recorded. */
            detail: Record<string, never>;
            en?: string | null;
            /**
             * Format: int64
             * @description Place in the log, from 0.
             */
            index: number;
            /** @description For one subject of a bulk act: what happened to it. */
            item: Record<string, never>;
            /** @description Name of the act. */
            kind: string;
            kind_en: string;
            /** @description What the act is called. */
            kind_zh: string;
            /** @description Whether a signed checkpoint covers it, so that its proof can be downloaded. */
            proved: boolean;
            /** @description The sentence; `null` when the caller may not read it or it was erased. */
            zh?: string | null;
        };
        /** @description The state of the log. */
        LogState: {
            audit?: components["schemas"]["AuditView"] | null;
            /** @description The newest checkpoint, a signed note. */
            checkpoint?: string | null;
            /** @description The log's public key, for a verifier. */
            key: string;
            /** @description Name of the log. */
            origin: string;
            /**
             * Format: int64
             * @description Entries under the newest checkpoint.
             */
            signed: number;
            /**
             * Format: int64
             * @description Entries in the log.
             */
            size: number;
        };
        /** @description A line of the list of logins. */
        LoginItem: {
            active: boolean;
            department?: string | null;
            employee_id?: string | null;
            id: string;
            mode: string;
            must_change_password: boolean;
            name: string;
            number: string;
            roles: string[];
        };
        LoginView: {
            employee_id?: string | null;
            id: string;
            /** @description `normal`, `handover`, `suspended` */
            mode: string;
            must_change_password: boolean;
            name: string;
            number: string;
        };
        /** @description The permission matrix. */
        Matrix: {
            permissions: components["schemas"]["PermissionRow"][];
            roles: components["schemas"]["RoleRow"][];
        };
        /** @description One page of a list. */
        Page_EntryLine: {
            /** @description The rows. */
            items: {
                actor: string;
                /** @description Name of who acted; 系统 for the system. */
                actor_name: string;
                /** Format: date-time */
                at: string;
                /** @description Before, after and the rest of the story, as it was recorded. */
                detail: Record<string, never>;
                en?: string | null;
                /**
                 * Format: int64
                 * @description Place in the log, from 0.
                 */
                index: number;
                /** @description For one subject of a bulk act: what happened to it. */
                item: Record<string, never>;
                /** @description Name of the act. */
                kind: string;
                kind_en: string;
                /** @description What the act is called. */
                kind_zh: string;
                /** @description Whether a signed checkpoint covers it, so that its proof can be downloaded. */
                proved: boolean;
                /** @description The sentence; `null` when the caller may not read it or it was erased. */
                zh?: string | null;
            }[];
            /** @description Give it back as `cursor` for the next page; `null` at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_LoginItem: {
            /** @description The rows. */
            items: {
                active: boolean;
                department?: string | null;
                employee_id?: string | null;
                id: string;
                mode: string;
                must_change_password: boolean;
                name: string;
                number: string;
                roles: string[];
            }[];
            /** @description Give it back as `cursor` for the next page; `null` at the end. */
            next_cursor?: string | null;
        };
        /** @description The old password and the new one. */
        PasswordChange: {
            /** @description The password in force. */
            current: string;
            /** @description The one wanted. */
            next: string;
        };
        /** @description One permission of the matrix. */
        PermissionRow: {
            business: boolean;
            /** @description Whether it is closed in handover mode. */
            closed_in_handover: boolean;
            en: string;
            key: string;
            zh: string;
        };
        /** @description The roles a login shall have. */
        RoleChange: {
            roles: string[];
        };
        /** @description A role's key and names. */
        RoleName: {
            en: string;
            key: string;
            zh: string;
        };
        /** @description One role of the matrix. */
        RoleRow: {
            /** @description One of the three administrators. */
            administrator: boolean;
            en: string;
            /** @description Permission key → scope. */
            grants: {
                [key: string]: string;
            };
            key: string;
            zh: string;
        };
        /** @description Who is logged in, and what he may do. */
        SessionView: {
            /** @description Name of the company. */
            company: string;
            login: components["schemas"]["LoginView"];
            /** @description Permission key → how far it reaches today: `own`, `department`, `department_tree`, `all`. */
            permissions: {
                [key: string]: string;
            };
            roles: components["schemas"]["RoleName"][];
            /**
             * Format: date
             * @description The business day on the server.
             */
            today: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
