// Made by `npm run gen` from the server's OpenAPI description; do not edit.

export interface paths {
    "/alert-words": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Kinds, severities and states by name. */
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
                        "application/json": components["schemas"]["AlertWords"];
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
    "/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alerts by their newest signal, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description `open`, `taken`, `resolved`, or `unresolved` for both first ones. */
                    state?: string | null;
                    /** @description `low`, `high`, `critical`. */
                    severity?: string | null;
                    /** @description `handover_denied`, `many_denied`, …. */
                    kind?: string | null;
                    /** @description Only those about this departure; also for whoever runs it or approves its handover. */
                    departure?: string | null;
                    /** @description Part of the sentence: a name, a 工号. */
                    q?: string | null;
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
                        "application/json": components["schemas"]["Page_AlertItem"];
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
    "/alerts/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many alerts wait. */
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
                        "application/json": components["schemas"]["AlertCounts"];
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
    "/alerts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One alert with what led to it. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["AlertView"];
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
    "/alerts/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close an alert with what was found out. */
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
                    "application/json": components["schemas"]["Resolution"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/alerts/{id}/take": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an alert into one's hands. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/assets/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Note that an account elsewhere is closed. */
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
                    "application/json": components["schemas"]["AccountClosing"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assets/{id}/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a thing back, or agree on its price. */
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
                    "application/json": components["schemas"]["AssetReturn"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The bundle, byte for byte as it was handed out; leaves an access record. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/zip": unknown;
                    };
                };
                /** @description the bytes are not those that were handed out */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Days off and days worked in exchange. */
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
                        "application/json": components["schemas"]["CalendarView"];
                    };
                };
            };
        };
        put?: never;
        /** Enter the notice of a year. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Notice"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The cases about a thing that the caller may read, newest first, at most a hundred. */
        get: {
            parameters: {
                query: {
                    /** @description What the cases are about: `departure/dep_…`. */
                    subject: string;
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
                        "application/json": components["schemas"]["CaseItem"][];
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
    "/cases/reassign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand on every task of a person; with `dry_run`, only show where each would go. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ReassignBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReassignView"];
                    };
                };
                /** @description the plan is stale */
                409: {
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
    "/cases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A case: its steps, its history in words, and what the caller can do. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["CaseView"];
                    };
                };
                /** @description absent */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/cases/{id}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Act on a case: approve, refuse, complete, hand on, claim, … */
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
                    "application/json": components["schemas"]["CommandBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Commanded"];
                    };
                };
                /** @description it has moved on */
                409: {
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
    "/commission-confirmations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The months that wait for one's own confirmation, and what one was told of one's people. Worked
         *     out from the lines each time: what was answered is gone.
         */
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
                        "application/json": components["schemas"]["MyConfirmations"];
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
    "/commission-crediting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which table says who is credited with deals. */
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
                        "application/json": components["schemas"]["CommissionCrediting"];
                    };
                };
            };
        };
        put?: never;
        /** Credit deals signed from a day on by a table, or by none. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CreditingTable"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/commission-deals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Contracts with what plans ask about them. */
        get: {
            parameters: {
                query?: {
                    /** @description Letters of the number or the title. */
                    search?: string | null;
                    /** @description Id of a customer. */
                    customer?: string | null;
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
                        "application/json": components["schemas"]["CommissionDeals"];
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
    "/commission-deals/{id}/credit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say who is credited with a deal. */
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
                    "application/json": components["schemas"]["CreditOfDeal"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/commission-history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What somebody earned in each of the last two years' months, what fell due, what went to payroll. */
        get: {
            parameters: {
                query?: {
                    /** @description Id of the payee; the caller himself when absent. */
                    payee?: string | null;
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
                        "application/json": components["schemas"]["CommissionHistory"];
                    };
                };
                /** @description absent */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/commission-lines/{key}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept an objection, wholly or in part, or refuse it. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ObjectionReply"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/commission-lines/{key}/attachment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The file that came with an objection; leaves an access record. */
        get: {
            parameters: {
                query: {
                    /** @description `2026-11` */
                    month: string;
                    /** @description Its number among what was said of the line. */
                    seq: number;
                };
                header?: never;
                path: {
                    key: string;
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
                        "application/octet-stream": unknown;
                    };
                };
                /** @description absent */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/commission-lines/{key}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that a line of one's own is right. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["LineOf"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/commission-lines/{key}/object": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that a line of one's own is wrong, and why. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Wrong"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/commission-lines/{key}/put-right": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that what was accepted of an objection was put right on another deal. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PutRightOn"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/commission-objections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Objections that wait for an answer and until when, oldest first; and what was accepted and is
         *     not put right yet.
         */
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
                        "application/json": components["schemas"]["ObjectionList"];
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
    "/commission-payments/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a recorded payment back: its lines are open again. */
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
                    "application/json": components["schemas"]["PaymentUndone"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/commission-periods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The months, the newest first. */
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
                        "application/json": components["schemas"]["CommissionMonths"];
                    };
                };
            };
        };
        put?: never;
        /** Open a month. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WhichMonth"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/commission-periods/calculate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Calculate every month that is not closed. */
        post: {
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
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/commission-periods/{month}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close the month for good. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    month: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MonthClosing"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/commission-periods/{month}/confirm-day": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Name a later last day for confirming a month under review, or the first one. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    month: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["LaterConfirmDay"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/commission-periods/{month}/confirmations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who of a month has answered and who has not, within the caller's reach, by number. */
        get: {
            parameters: {
                query?: {
                    /**
                     * @description `confirmed`, `objected`, `waiting` or `overdue` (the same people before and after the day),
                     *     `paper`; all when absent.
                     */
                    state?: string | null;
                    /** @description 1..=200, 50 when absent. */
                    limit?: number | null;
                    cursor?: string | null;
                };
                header?: never;
                path: {
                    month: string;
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
                        "application/json": components["schemas"]["MonthAnswers"];
                    };
                };
                /** @description absent */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/commission-periods/{month}/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was paid of commission up to a month, and what is still to be paid, person by person. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    month: string;
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
                        "application/json": components["schemas"]["MonthPayments"];
                    };
                };
                /** @description absent */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        /** Record that what closed months up to this one left open was paid. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    month: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewPayment"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/commission-periods/{month}/payout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand the earning lines of a closed month to payroll, once. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    month: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/commission-periods/{month}/payout-file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of the files, as it was handed out; leaves an access record. */
        get: {
            parameters: {
                query?: {
                    /** @description `xlsx` or `csv`; the workbook when absent. */
                    format?: string | null;
                };
                header?: never;
                path: {
                    month: string;
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
                        "application/octet-stream": unknown;
                    };
                };
                /** @description absent */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/commission-periods/{month}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Finance has looked at the figures of the month; payees are asked to confirm by a day. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    month: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MonthReview"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/commission-plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every commission plan with its versions and who has it. */
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
                        "application/json": components["schemas"]["CommissionPlans"];
                    };
                };
            };
        };
        put?: never;
        /** Begin a plan. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewCommissionPlan"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/commission-plans/example": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a deal would earn by a version that is being written; nothing is kept. Refuses what
         *     publishing would refuse, at the same places.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TriedPlan"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PlanExample"];
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/commission-plans/words": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What plans may name: products, industries, overlays. */
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
                        "application/json": components["schemas"]["PlanWords"];
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
    "/commission-plans/{id}/assignments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give somebody the plan from a day on, or end it. */
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
                    "application/json": components["schemas"]["PlanAssignee"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/commission-plans/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish the next version; the one before ends on the day it begins. */
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
                    "application/json": components["schemas"]["NextVersion"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/commission-statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Somebody's statement of a month, each line with its reasons; on request as it stood at a moment. */
        get: {
            parameters: {
                query: {
                    /** @description `2026-11` */
                    month: string;
                    /** @description Id of the payee; the caller himself when absent. */
                    payee?: string | null;
                    /** @description As it stood at this moment, `2026-11-22T08:00:00.000Z`; as it stands when absent. */
                    as_of?: string | null;
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
                        "application/json": components["schemas"]["StatementView"];
                    };
                };
                /** @description absent */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/commission-statement-bundles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hand out a statement of a closed month with everything it was calculated from, so that anybody
         *     works it out again (`baton verify --recompute`).
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewStatementBundle"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/commission-statement-bundles/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The bundle of a statement, byte for byte as it was handed out; leaves an access record. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/zip": unknown;
                    };
                };
                /** @description the bytes are not those that were handed out */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/commission-statement/explanation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same as a file for programs: each line with its dates, its reasons and its trace, in
         *     canonical JSON (RFC 8785); of a closed month byte for byte the statement of its bundle.
         */
        get: {
            parameters: {
                query: {
                    /** @description `2026-11` */
                    month: string;
                    /** @description Id of the payee; the caller himself when absent. */
                    payee?: string | null;
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
                        "application/json": unknown;
                    };
                };
                /** @description absent */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/commission-statement/sign-off": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign one's own statement of a month off as a whole; lines that wait are confirmed by it. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SeenStatement"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/commission-statements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The statements of a month, within the caller's reach. */
        get: {
            parameters: {
                query: {
                    /** @description `2026-11` */
                    month: string;
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
                        "application/json": components["schemas"]["StatementList"];
                    };
                };
            };
        };
        put?: never;
        /** Print a statement of a closed month, once: the PDF is kept, its digest stands in the evidence. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WhichStatement"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/contacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change a contact; phone and e-mail stay when absent. */
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
                    "application/json": components["schemas"]["ContactChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{id}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show phone and e-mail in clear, and what they were before; the look is recorded. */
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
                    "application/json": components["schemas"]["RevealReason"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RevealedContact"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contracts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enter a contract. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewContract"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contracts/{id}/describe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say which product a contract sells and which margin it leaves. */
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
                    "application/json": components["schemas"]["ContractDescription"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/contracts/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back a contract that was entered by mistake. */
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
                    "application/json": components["schemas"]["TakenBack"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description in use */
                409: {
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
    "/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Customers. */
        get: {
            parameters: {
                query?: {
                    /** @description Part of name, pinyin, initials or number. */
                    q?: string;
                    /** @description Id of an employee, or `none` for the pool. */
                    owner?: string | null;
                    region?: string | null;
                    industry?: string | null;
                    tier?: string | null;
                    /** @description `active` (when absent) or `merged` */
                    state?: string | null;
                    /** @description `name` (when absent) or `-owned_since` */
                    sort?: string | null;
                    /** @description 1..=200, 50 when absent. */
                    limit?: number | null;
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
                        "application/json": components["schemas"]["Page_CustomerItem"];
                    };
                };
            };
        };
        put?: never;
        /** Add a customer. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewCustomer"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description duplicate */
                409: {
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
    "/customers/duplicates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Customers that may be the same as a new one; also those of colleagues, without more than name
         *     and owner, so that two people do not work on one customer.
         */
        get: {
            parameters: {
                query: {
                    /** @description The name to compare. */
                    name: string;
                    /** @description 统一社会信用代码 */
                    credit_code?: string | null;
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
                        "application/json": components["schemas"]["DuplicateItem"][];
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
    "/customers/filters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The regions, industries and tiers in use. */
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
                        "application/json": components["schemas"]["FilterWords"];
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
    "/customers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A customer with its history, seats, contacts and opportunities. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["CustomerView"];
                    };
                };
                /** @description absent */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        /** Change particulars of a customer. */
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
                    "application/json": components["schemas"]["CustomerChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change who owns a customer, and nothing else; a handover moves all that hangs on it. */
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
                    "application/json": components["schemas"]["Assignment"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a contact. */
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
                    "application/json": components["schemas"]["Card"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/contracts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Contracts, newest first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["ContractItem"][];
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
    "/customers/{id}/follow-ups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was talked about, newest first; also before the present owner's time. */
        get: {
            parameters: {
                query?: {
                    /** @description 1..=200, 50 when absent. */
                    limit?: number | null;
                    cursor?: string | null;
                };
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["Page_FollowUpItem"];
                    };
                };
            };
        };
        put?: never;
        /** Write a follow-up. */
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
                    "application/json": components["schemas"]["NewFollowUp"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/hand-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand a customer over: ownership, receivables, contracts, orders, opportunities and duties. */
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
                    "application/json": components["schemas"]["Handover"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/invoices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Invoices as of today, the oldest due day first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["InvoiceItem"][];
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
    "/customers/{id}/kept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What files said of the customer and what hangs on it beyond the fields that these have. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["KeptRecord"][];
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
    "/customers/{id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Merge a duplicate into the customer that stays; nothing is deleted. */
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
                    "application/json": components["schemas"]["MergeInto"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/opportunities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Opportunities: open ones first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["OpportunityItem"][];
                    };
                };
            };
        };
        put?: never;
        /** Add an opportunity. */
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
                    "application/json": components["schemas"]["NewOpportunity"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Orders, newest first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["OrderItem"][];
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
    "/customers/{id}/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Receipts, newest first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["ReceiptItem"][];
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
    "/customers/{id}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was paid back of money that was left over, newest first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["ReversalItem"][];
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
    "/customers/{id}/seats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open or close a collaborator's seat. */
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
                    "application/json": components["schemas"]["SeatChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/decision-tables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every decision table. */
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
                        "application/json": components["schemas"]["DecisionTables"];
                    };
                };
            };
        };
        put?: never;
        /** Begin a table with a draft. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TypedTable"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/decision-tables/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Everything that is known of a table at this moment; nothing is kept. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TypedTable"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TableReport"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/decision-tables/read-dmn": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The decision tables of a DMN file; nothing is kept. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DmnFile"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FoundTables"];
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/decision-tables/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a table says of some facts, and why; nothing is kept. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Question"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TableAnswer"];
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/decision-tables/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A table with its draft and its versions. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["DecisionTableView"];
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
    "/decision-tables/{id}/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a table decided, the newest days first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["TableDecisions"];
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
    "/decision-tables/{id}/dmn": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A version of a table as a DMN file; the newest when none is named. */
        get: {
            parameters: {
                query?: {
                    version?: number;
                };
                header?: never;
                path: {
                    id: string;
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
                        "application/xml": string;
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
    "/decision-tables/{id}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep a draft. */
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
                    "application/json": components["schemas"]["TypedDraft"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/decision-tables/{id}/drop-draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Throw a draft away. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/decision-tables/{id}/ghost": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the draft would have changed in a month; pay stays as it is. */
        get: {
            parameters: {
                query: {
                    month: string;
                };
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["GhostComparison"];
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
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/decision-tables/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a draft in force; refused while anything is forgotten, said twice or wrong. */
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
                    "application/json": components["schemas"]["ToPublish"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/decision-tables/{id}/retire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a table from a day on. */
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
                    "application/json": components["schemas"]["TableEnd"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/departments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Departments with heads and head counts. */
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
                        "application/json": components["schemas"]["DepartmentItem"][];
                    };
                };
            };
        };
        put?: never;
        /** Add a department. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewDepartment"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/departments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rename a department, or put it under another one. */
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
                    "application/json": components["schemas"]["DepartmentChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/departments/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close an empty department. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/departments/{id}/head": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Name the head of a department. */
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
                    "application/json": components["schemas"]["NewHead"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/departure-kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ways employment ends, with their legal basis. */
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
                        "application/json": components["schemas"]["KindView"][];
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
    "/departures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Departures, the newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description `filed`, `acknowledged`, `handing_over`, `settling`, `closed`, `withdrawn` */
                    stage?: string | null;
                    /** @description Id of an employee. */
                    employee?: string | null;
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
                        "application/json": components["schemas"]["Page_BoardItem"];
                    };
                };
            };
        };
        put?: never;
        /** File a departure; every session of the leaver ends, also the one that asks. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewDeparture"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FiledView"];
                    };
                };
                /** @description refused */
                409: {
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
    "/departures/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The dates with their reasons, before anything is filed. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewDeparture"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PreviewView"];
                    };
                };
                /** @description refused */
                409: {
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
    "/departures/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A departure with dates, tasks, gates, plans and what happened. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["DepartureView"];
                    };
                };
                /** @description absent */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/departures/{id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm that the notice arrived. A notice of the employee runs with or without it; a dismissal
         *     counts from the day it was served.
         */
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
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/departures/{id}/agree-early": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take down an agreed last day. */
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
                    "application/json": components["schemas"]["Agreement"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/departures/{id}/bundle-preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a bundle of this departure would hold, record by record; leaves an access record. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["BundlePreview"];
                    };
                };
                /** @description absent */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description the log is not signed */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/departures/{id}/bundles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The bundles of a departure that were handed out, the newest first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["BundleItem"][];
                    };
                };
                /** @description absent */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        /** Hand out the evidence of a departure: made, examined by the house's own verifier, recorded. */
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
                    "application/json": components["schemas"]["NewBundle"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/departures/{id}/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take down that an office has done its part. */
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
                    "application/json": components["schemas"]["Check"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/departures/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close the departure; refused while a gate is red. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/departures/{id}/commission": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open commission of a leaver: each contract with a suggestion and what was decided; after the
         *     departure is closed what was settled, and what came in since.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["ExitCommission"];
                    };
                };
                /** @description absent */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/departures/{id}/commission/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stand by "nothing earned" as a second person. */
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
                    "application/json": components["schemas"]["ExitDeal"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/departures/{id}/commission/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decide what becomes of open contracts. */
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
                    "application/json": components["schemas"]["ExitDecision"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/departures/{id}/commission/object": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that amount or decision of a contract of one's own is wrong, or take down what the leaver
         *     wrote.
         */
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
                    "application/json": components["schemas"]["ExitObjection"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/departures/{id}/dates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set the three dates within what the notice allows. */
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
                    "application/json": components["schemas"]["NewDates"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/departures/{id}/waive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer for a red gate. */
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
                    "application/json": components["schemas"]["NewWaiver"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/departures/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take the departure back by agreement of both sides; a dismissal that was not served, or an
         *     agreement that was not reached, is given up by the employer alone.
         */
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
                    "application/json": components["schemas"]["Withdrawal"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/document-kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The kinds of documents, with the template in force. */
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
                        "application/json": components["schemas"]["DocumentKindView"][];
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
    "/document-offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which documents can be issued about a departure, and what stands in the way. */
        get: {
            parameters: {
                query: {
                    /** @description Id of a departure. */
                    departure: string;
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
                        "application/json": components["schemas"]["OfferView"][];
                    };
                };
                /** @description absent */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Documents, the newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description `leaving_certificate`, …: see `/document-kinds`. */
                    kind?: string | null;
                    /** @description What it is about, `departure/dep_…`. */
                    subject?: string | null;
                    /** @description Id of a handover plan. */
                    plan?: string | null;
                    /** @description Id of an employee. */
                    employee?: string | null;
                    /** @description Issued on this day or later. */
                    from?: string | null;
                    /** @description Issued on this day or earlier. */
                    to?: string | null;
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
                        "application/json": components["schemas"]["Page_DocumentItem"];
                    };
                };
            };
        };
        put?: never;
        /** Issue a document: printed now, kept for ever, its digest in the evidence. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewDocument"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/documents/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The document as it would be, marked as a preview; nothing is kept but the access record. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewDocument"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/pdf": unknown;
                    };
                };
                /** @description refused */
                409: {
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
    "/documents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A document without its bytes. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["DocumentItem"];
                    };
                };
                /** @description absent */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/documents/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The PDF, as it was issued; leaves an access record. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/pdf": unknown;
                    };
                };
                /** @description the bytes are not those that were issued */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/employees": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Employees, by number. */
        get: {
            parameters: {
                query?: {
                    /** @description Part of name, pinyin, initials or 工号. */
                    q?: string;
                    /** @description Id of a department. */
                    department?: string | null;
                    /**
                     * @description `active`, `notice`, `left`; `withdrawn` for those whose import was undone, who are in no
                     *     other list.
                     */
                    state?: string | null;
                    /** @description Only those who have customers. */
                    sells?: boolean | null;
                    /** @description Only those who hold this role. */
                    role?: string | null;
                    /** @description 1..=200, 50 when absent. */
                    limit?: number | null;
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
                        "application/json": components["schemas"]["Page_EmployeeItem"];
                    };
                };
            };
        };
        put?: never;
        /** Add an employee. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewEmployee"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/employees/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An employee with history, line, assets and stand-ins. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["EmployeeView"];
                    };
                };
                /** @description absent */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/employees/{id}/assets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Note that a person holds a thing of the company. */
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
                    "application/json": components["schemas"]["NewAsset"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/employees/{id}/contract": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put on file from when until when the labour contract runs. */
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
                    "application/json": components["schemas"]["ContractTerm"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/employees/{id}/correction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Correct a person's particulars. */
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
                    "application/json": components["schemas"]["Correction"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/employees/{id}/job": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change department, post or line manager. */
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
                    "application/json": components["schemas"]["JobChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/employees/{id}/rehire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rehire somebody who had left, under the same number. */
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
                    "application/json": components["schemas"]["Return"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/employees/{id}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show papers and phone in clear; the look is recorded. */
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
                    "application/json": components["schemas"]["Reason"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RevealedView"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/employees/{id}/signing-factor/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Switch somebody's one-time codes off: the phone is lost. */
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
                    "application/json": components["schemas"]["FactorReset"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/employees/{id}/stand-ins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Name a stand-in for a person. */
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
                    "application/json": components["schemas"]["NewStandIn"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/entities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a legal entity. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewEntity"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/entities/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put name and code of a legal entity right. */
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
                    "application/json": components["schemas"]["EntityChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Entries in words, newest first. Whoever may read a thing may read its history; an entry that
         *     only mentions it is shown in words to whoever may read what the entry is about.
         */
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
        /** Compute the whole log anew and compare; `deep` also compares the business tables with it. */
        get: {
            parameters: {
                query?: {
                    /** @description Also compare the business tables with what every act wrote. */
                    deep?: boolean;
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
    "/evidence-log/timestamp-answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The response (`.tsr`) to such a question; answers how the log stands then. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/timestamp-reply": number[];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LogState"];
                    };
                };
                /** @description not believed */
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
    "/evidence-log/timestamp-question": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A question (`.tsq`, RFC 3161) over the newest checkpoint, to be carried to an authority. */
        post: {
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
                        "application/timestamp-query": unknown;
                    };
                };
                /** @description nothing to stamp */
                409: {
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
    "/evidence-log/timestamps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have the newest checkpoint stamped now; answers how the log stands then. */
        post: {
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
                /** @description no answer */
                409: {
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
    "/evidence-log/timestamps/{size}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The authority's response (`.tsr`) over the checkpoint of this size, for `openssl ts -verify`. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    size: number;
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
                        "application/timestamp-reply": unknown;
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
    "/evidence-log/timestamps/{size}/checkpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The checkpoint of this size as it was stamped, to the byte. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    size: number;
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
    "/evidence-log/witnesses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask every witness for his signature now; answers how they stand then. */
        post: {
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
    "/evidence/{index}/erasure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Erase what one entry says; its hash and its proof stay. Waits until somebody else agrees. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    index: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/evidence/{index}/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The proof of one entry, C2SP `tlog-proof@v1`, to be checked with `baton verify` or any such
         *     tool.
         */
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
    "/flows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every published version of every flow. */
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
                        "application/json": components["schemas"]["FlowItem"][];
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
    "/flows/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The version of a flow that new cases follow. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key: string;
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
                        "application/json": components["schemas"]["FlowView"];
                    };
                };
                /** @description absent */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/handover-plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Plans, the newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Id of a departure. */
                    departure?: string | null;
                    /** @description `draft`, `submitted`, `approved`, `executed`, `cancelled` */
                    state?: string | null;
                    /** @description `1`: only plans that give something to the caller. */
                    mine?: number | null;
                    /** @description `1`: only plans that give something to the caller and wait for his answer. */
                    waiting?: number | null;
                    /** @description `1`: only plans that the caller drew up. */
                    drawn?: number | null;
                    /**
                     * @description `1`: only plans that did not come about: approved ones whose day has come, and the last one
                     *     that was called off of an open departure that has no other.
                     */
                    missed?: number | null;
                    /**
                     * @description `1`: only plans that the caller may draw up, with the receivers who have begun to leave
                     *     since they were asked.
                     */
                    leaving?: number | null;
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
                        "application/json": components["schemas"]["Page_PlanItem"];
                    };
                };
            };
        };
        put?: never;
        /** Draw up a plan for everything that points to a person, or for some of his contracts. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewPlan"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/handover-plans/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A plan with preview, conflicts and answers. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["PlanView"];
                    };
                };
                /** @description absent */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/handover-plans/{id}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept or decline one's share. */
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
                    "application/json": components["schemas"]["Said"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/handover-plans/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve; from now on the plan cannot change. */
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
                    "application/json": components["schemas"]["Approval"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/handover-plans/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give up a plan that was not executed. */
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
                    "application/json": components["schemas"]["Why"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/handover-plans/{id}/contracts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What of a customer can go by itself, or what of a plan does; at most 500 contracts. */
        get: {
            parameters: {
                query?: {
                    /** @description Only those of this customer; those with a line of their own when absent. */
                    customer?: string | null;
                };
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["PlanContract"][];
                    };
                };
                /** @description absent */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/handover-plans/{id}/dry-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go the whole way and roll back; nothing changes. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["ExecutedView"];
                    };
                };
                /** @description refused */
                409: {
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
    "/handover-plans/{id}/edit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change who gets what; 409 when somebody else changed the plan since. */
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
                    "application/json": components["schemas"]["Change"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Changed"];
                    };
                };
                /** @description changed meanwhile */
                409: {
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
    "/handover-plans/{id}/execute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Execute an approved plan whose day has come. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["ExecutedView"];
                    };
                };
                /** @description refused */
                409: {
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
    "/handover-plans/{id}/forecast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What each would earn in the next twelve months under the plan, on the customers' own history;
         *     everybody sees his own figures, whoever decides sees all.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["PlanForecast"];
                    };
                };
                /** @description absent */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        /** What each would earn on other terms; nothing changes. */
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
                    "application/json": components["schemas"]["TriedTerms"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ForecastFigures"];
                    };
                };
                /** @description absent */
                404: {
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
    "/handover-plans/{id}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The lines of a plan, 50 a page. */
        get: {
            parameters: {
                query?: {
                    /** @description Id of a successor, or `none` for lines without one. */
                    successor?: string | null;
                    /** @description `customer_ownership`, `receivable_responsibility`, … */
                    kind?: string | null;
                    region?: string | null;
                    /** @description Part of the name. */
                    q?: string;
                    cursor?: string | null;
                };
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["Page_ItemView"];
                    };
                };
                /** @description absent */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/handover-plans/{id}/remainder": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Draw up a new plan for what arrived after this one. */
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
                    "application/json": components["schemas"]["FromDay"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/handover-plans/{id}/reverse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Draw up a new plan that gives back what this one moved. */
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
                    "application/json": components["schemas"]["FromDay"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/handover-plans/{id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask the receivers. */
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
                    "application/json": components["schemas"]["Seen"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/handover-plans/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a draft of a submitted plan again; the receivers are asked again when it is submitted anew. */
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
                    "application/json": components["schemas"]["Why"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/import-draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A mapping drawn up by the column names of files, which need no other then; nothing is kept. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": components["schemas"]["Files"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImportDraft"];
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/import-mappings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The mappings that come with the house, and tables to be filled in. */
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
                        "application/json": components["schemas"]["ShippedList"];
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
    "/import-preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The first rows of files as a mapping would read them; nothing is kept. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": components["schemas"]["Files"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PreviewList"];
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/import-progress/{of}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far an upload or the writing of a batch is; `of` is the batch's id or the name given with
         *     the upload.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    of: string;
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
                        "application/json": components["schemas"]["ImportProgress"];
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
    "/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Batches, newest first. */
        get: {
            parameters: {
                query?: {
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
                        "application/json": components["schemas"]["Page_ImportItem"];
                    };
                };
            };
        };
        put?: never;
        /** Read files and keep what was read, to be looked at. */
        post: {
            parameters: {
                query?: {
                    /** @description A name of the caller's choice by which `GET /import-progress/{of}` tells how far it is. */
                    progress?: string | null;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": components["schemas"]["Files"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description another upload is being read */
                409: {
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
    "/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The report of a batch. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["ImportView"];
                    };
                };
                /** @description absent */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/imports/{id}/commit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write a staged batch into the books. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description nothing is new */
                409: {
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
    "/imports/{id}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a staged batch aside. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/refused": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The refused rows with file, row, column, value, reason and remedy, as a file. */
        get: {
            parameters: {
                query?: {
                    /** @description `csv` or `xlsx`. */
                    format?: string | null;
                    /** @description `zh` or `en`. */
                    lang?: string | null;
                };
                header?: never;
                path: {
                    id: string;
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
                        "text/csv": unknown;
                    };
                };
                /** @description absent */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/imports/{id}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The records of a batch. */
        get: {
            parameters: {
                query?: {
                    /** @description `staged`, `created`, `updated`, `matched`, `same` or `refused`. */
                    action?: string | null;
                    /** @description Cursor of the next page. */
                    cursor?: string | null;
                };
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["Page_RowView"];
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
    "/imports/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a committed batch back. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description in use */
                409: {
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
    "/invoices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Invoices as of a day, the oldest due day first. */
        get: {
            parameters: {
                query?: {
                    /** @description Id of a customer. */
                    customer?: string | null;
                    /** @description Id of the one responsible on that day. */
                    responsible?: string | null;
                    /** @description Only what was open. */
                    open?: boolean;
                    /** @description Only what was overdue. */
                    overdue?: boolean;
                    /** @description The day, `2026-11-22`; today when absent. */
                    as_of?: string | null;
                    /** @description 1..=200, 50 when absent. */
                    limit?: number | null;
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
                        "application/json": components["schemas"]["Page_InvoiceItem"];
                    };
                };
            };
        };
        put?: never;
        /** Enter an invoice. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewInvoice"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invoices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An invoice with the history of who must chase it, its receipts, refunds and bad debts. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["InvoiceView"];
                    };
                };
                /** @description absent */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/invoices/{id}/dispute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark an invoice as disputed, or take the mark away. */
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
                    "application/json": components["schemas"]["Dispute"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invoices/{id}/responsible": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Name who must chase an invoice. */
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
                    "application/json": components["schemas"]["Appointment"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invoices/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back an invoice that was entered by mistake. */
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
                    "application/json": components["schemas"]["TakenBack"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description in use */
                409: {
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
    "/job-kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the jobs stand, by kind. */
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
                        "application/json": components["schemas"]["JobKindItem"][];
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
    "/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Jobs, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description `failed`, `retrying`, `running`, `due`, `waiting`, `done`, `dropped`. */
                    state?: string | null;
                    /** @description `noun.verb`. */
                    kind?: string | null;
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
                        "application/json": components["schemas"]["Page_JobItem"];
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
    "/jobs/{id}/give-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a job without doing it. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/jobs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a job begin anew at once. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
        /** Open a login; its first password must be changed at the first login. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewLogin"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OpenedLogin"];
                    };
                };
                /** @description refused */
                409: {
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
    "/logins/{id}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reset somebody's password; all sessions of the login end, and it must be changed. */
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
                    "application/json": components["schemas"]["FirstPassword"];
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
    "/opportunities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Opportunities, in the order in which they came into the books. */
        get: {
            parameters: {
                query?: {
                    /** @description Id of an employee. */
                    owner?: string | null;
                    /** @description Only what is not closed yet. */
                    open?: boolean;
                    /** @description 1..=200, 50 when absent. */
                    limit?: number | null;
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
                        "application/json": components["schemas"]["Page_OpportunityRow"];
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
    "/opportunities/{id}/stage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put an opportunity into another stage. */
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
                    "application/json": components["schemas"]["NewStage"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enter an order. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewOrder"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back an order that was entered by mistake. */
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
                    "application/json": components["schemas"]["TakenBack"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description in use */
                409: {
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
    "/plan-document-offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which documents can be issued about a plan, its customers and its receivers. */
        get: {
            parameters: {
                query: {
                    /** @description Id of a handover plan. */
                    plan: string;
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
                        "application/json": components["schemas"]["PlanOffers"];
                    };
                };
                /** @description absent */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/posts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Legal entities and posts to choose from. */
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
                        "application/json": components["schemas"]["Choices"];
                    };
                };
            };
        };
        put?: never;
        /** Add a post. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewPost"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rename a post. */
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
                    "application/json": components["schemas"]["PostChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enter money received; it clears what is open. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewReceipt"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/receipts/{id}/matches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is left of a receipt and what it would clear when nobody says; nothing is written. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["MatchOffer"];
                    };
                };
                /** @description absent */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        put?: never;
        /** Match what is left of a receipt to open invoices. */
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
                    "application/json": components["schemas"]["NewMatch"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/receipts/{id}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pay back to the customer what is left of a receipt; no commission is taken back. */
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
                    "application/json": components["schemas"]["NewCreditRefund"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/receipts/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back a receipt that was entered by mistake: what it had cleared is open again. */
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
                    "application/json": components["schemas"]["TakenBack"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description in use */
                409: {
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
    "/receivables/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was open on a day, by person or by customer. */
        get: {
            parameters: {
                query: {
                    /** @description `responsible` or `customer` */
                    by: string;
                    /** @description The day, `2026-11-22`; today when absent. */
                    on?: string | null;
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
                        "application/json": components["schemas"]["SummaryItem"][];
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
    "/reversals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record a refund or a bad debt; commission earned by it is taken back in proportion. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewReversal"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/reversals/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What recording this would take back of commission; nothing is written. Figures are shown of
         *     people whose commission the caller may read.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TriedReversal"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReversalPreview"];
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reversals/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back a refund or a bad debt that was recorded by mistake: what it had undone stands. */
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
                    "application/json": components["schemas"]["TakenBack"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description withdrawn before */
                409: {
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
    "/signing-account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What one has to sign with oneself. */
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
                        "application/json": components["schemas"]["SigningAccount"];
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
    "/signing-account/consent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Agree to sign electronically. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ConsentGiven"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/signing-account/factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to set up one-time codes: gives the seed, once. */
        post: {
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
                        "application/json": components["schemas"]["NewFactor"];
                    };
                };
                /** @description refused */
                409: {
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
    "/signing-account/factor/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm one-time codes with the first one. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OneTimeCode"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description a wrong code */
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
    "/signing-account/key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a signing key of one's own. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewKey"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/signing-account/key/retire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give one's signing key up. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["KeyRetirement"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/signing-authority": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The company's certificate authority and its seals. */
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
                        "application/json": components["schemas"]["SigningAuthorityView"];
                    };
                };
            };
        };
        put?: never;
        /** Found the company's certificate authority. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/signing-authority/certificate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The authority's certificate: public, to be given to whoever checks our documents. */
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
                        "application/x-pem-file": unknown;
                    };
                };
                /** @description there is none yet */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/signing-keys/{id}/vouch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Vouch that a signing key is the person's own, whom one has met. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/signing-offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who would sign a document, by its kind. */
        get: {
            parameters: {
                query: {
                    /** @description Id of a document. */
                    document: string;
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
                        "application/json": components["schemas"]["SigningOffer"];
                    };
                };
                /** @description absent */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/signing-seals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make the electronic seal of a legal entity. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewSeal"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/signings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Documents being signed or signed, the newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description `open`, `complete`, `refused`, `expired`, `withdrawn` */
                    standing?: string | null;
                    /** @description Id of a document. */
                    document?: string | null;
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
                        "application/json": components["schemas"]["Page_SigningItem"];
                    };
                };
            };
        };
        put?: never;
        /** Ask for signatures on an issued document. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewSigning"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/signings/refused": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was refused in the last thirty days and asked of nobody since, for those who ask for
         *     signatures.
         */
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
                        "application/json": components["schemas"]["SigningRefusal"][];
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
    "/signings/waiting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What waits for the caller's signature, and for HR also what waits for the company's seal. */
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
                        "application/json": components["schemas"]["SigningItem"][];
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
    "/signings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A document being signed: who has signed, whose turn it is, what the caller can do. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["SigningView"];
                    };
                };
                /** @description absent */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/signings/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The PDF as it is now, with the signatures that are inside it; leaves an access record. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/pdf": unknown;
                    };
                };
                /** @description the bytes are not those that were signed */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/signings/{id}/paper": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record that somebody signed on paper. */
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
                    "application/json": components["schemas"]["PaperSignature"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/signings/{id}/receipts/{no}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The receipt of a step: its entry's proof, C2SP `tlog-proof@v1`, for `baton verify`. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    no: string;
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
                /** @description absent */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/signings/{id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refuse to sign, with a reason. */
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
                    "application/json": components["schemas"]["SigningReason"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/signings/{id}/scans/{no}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The scan of a paper; leaves an access record. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    no: string;
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
                        "application/octet-stream": unknown;
                    };
                };
                /** @description absent */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
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
    "/signings/{id}/seal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask that the company's seal be used; waits for an approval by somebody else. */
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
                    "application/json": components["schemas"]["SigningReason"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/signings/{id}/sign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign what lies before one. */
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
                    "application/json": components["schemas"]["NewSignature"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description a wrong code or secret */
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
    "/signings/{id}/verdict": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the verifier says of the signatures inside the document. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["SigningVerdict"];
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
    "/signings/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a document back before all have signed. */
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
                    "application/json": components["schemas"]["SigningReason"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Written"];
                    };
                };
                /** @description refused */
                409: {
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
    "/stand-ins/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a stand-in today. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
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
                        "application/json": components["schemas"]["Written"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Version, database, evidence log, background and disk. */
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
                        "application/json": components["schemas"]["SystemState"];
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
    "/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My tasks: my own, those in my roles' pools, and those of people for whom I stand in today; open
         *     ones by due time, done ones the latest first.
         */
        get: {
            parameters: {
                query?: {
                    /** @description `open` (default) or `done`. */
                    state?: string | null;
                    /** @description 1..=200, 50 when absent. */
                    limit?: number | null;
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
                        "application/json": components["schemas"]["Page_TaskItem"];
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
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description What a receiver said. */
        AcceptanceView: {
            at?: string | null;
            /** @description Why it was declined. */
            reason?: string | null;
            /** @description `waiting`, `outdated` (the share changed after the answer), `accepted`, `declined` */
            standing: string;
            successor: components["schemas"]["PersonName"];
        };
        /** @description Whether a login is open. */
        AccessChange: {
            active: boolean;
        };
        /** @description What was done with an account. */
        AccountClosing: {
            note?: string;
        };
        /** @description What somebody agreed upon, kept as it was shown to him. */
        AgreedForecast: {
            at: string;
            /** @description SHA-256 of what was shown, as the entry of the step names it. */
            digest: string;
            /** @description [`ForecastFigures`] as they were then. */
            figures: components["schemas"]["ForecastFigures"];
            person: components["schemas"]["PersonName"];
            /** @description `answer`, `approve` */
            step: string;
            /** Format: int64 */
            version: number;
        };
        /** @description Somebody of the team. */
        AgreedMember: {
            person?: components["schemas"]["PersonName"] | null;
            /**
             * Format: int64
             * @description In basis points of the team's part.
             */
            share: number;
        };
        /** @description The team's part as it was agreed on. */
        AgreedPool: {
            /**
             * Format: int32
             * @description On fewer days than this since the handover; for good when absent.
             */
            before_day?: number | null;
            members: components["schemas"]["AgreedMember"][];
            /**
             * Format: int64
             * @description In basis points of the whole.
             */
            share: number;
        };
        /** @description What of the customers of a plan the giver still earns. */
        AgreedView: {
            customer?: string | null;
            /** @description Absent for all customers of the plan that have no terms of their own. */
            customer_id?: string | null;
            en: string;
            pool?: components["schemas"]["AgreedPool"] | null;
            terms: components["schemas"]["HandoverTerms"];
            /** @description The same in one sentence. */
            zh: string;
        };
        /** @description What both sides agreed on. */
        Agreement: {
            /**
             * Format: date
             * @description When; today when absent.
             */
            agreed_on?: string | null;
            /** Format: date */
            last_day: string;
            note: string;
        };
        /** @description How many alerts wait. */
        AlertCounts: {
            /**
             * Format: int64
             * @description Of both, those graver than 一般.
             */
            grave: number;
            /**
             * Format: int64
             * @description 待处理
             */
            open: number;
            /**
             * Format: int64
             * @description 处理中
             */
            taken: number;
        };
        /** @description One alert in the list. */
        AlertItem: {
            /** @description The departure that was under way, if the person was leaving. */
            departure_id?: string | null;
            en: string;
            /** Format: date-time */
            first_at: string;
            id: string;
            /** @description `handover_denied`, `many_denied`, … */
            kind: components["schemas"]["Named"];
            /** Format: date-time */
            last_at: string;
            /** @description `low`, `high`, `critical` */
            severity: components["schemas"]["Named"];
            /** @description `open`, `taken`, `resolved` */
            state: components["schemas"]["Named"];
            taken_by?: components["schemas"]["Officer"] | null;
            /**
             * Format: int64
             * @description Signals counted into it.
             */
            times: number;
            /** @description What happened, in a sentence; employees are named, customers never. */
            zh: string;
        };
        /** @description One alert with what led to it. */
        AlertView: components["schemas"]["AlertItem"] & {
            /** @description `employee/emp_…`, `login/lgn_…`, `job/<kind>`, `logins/all`, `log/log` */
            about: string;
            /** @description The denied attempts, newest first, at most 100. */
            attempts: components["schemas"]["AttemptLine"][];
            ending?: components["schemas"]["Ending"] | null;
            /** @description Whether the caller may take and resolve it. */
            may_handle: boolean;
            /** @description `alert/alr_…`, the subject under which the evidence log speaks of it. */
            subject: string;
            /** Format: date-time */
            taken_at?: string | null;
        };
        /** @description The choices of the filters. */
        AlertWords: {
            kinds: components["schemas"]["Named"][];
            severities: components["schemas"]["Named"][];
            states: components["schemas"]["Named"][];
        };
        /** @description How many have come how far, within the caller's reach. */
        AnswerCounts: {
            /** Format: int64 */
            confirmed: number;
            /** Format: int64 */
            objected: number;
            /**
             * Format: int64
             * @description Who has not answered though the day is past. Silence is no confirmation.
             */
            overdue: number;
            /**
             * Format: int64
             * @description Of the last two, who has left and is to be asked in writing.
             */
            paper: number;
            /** Format: int64 */
            people: number;
            /**
             * Format: int64
             * @description Who may still answer in time.
             */
            waiting: number;
        };
        /** @description Who shall chase the money. */
        Appointment: {
            /** Format: date */
            effective_on: string;
            to_id: string;
        };
        /** @description The version that is approved. */
        Approval: {
            /** @description Digest of the forecast that was on the screen; refused when it would be another one now. */
            forecast?: string | null;
            /**
             * Format: int32
             * @description The version that was seen.
             */
            version: number;
        };
        ApprovalLine: {
            /** Format: date-time */
            at: string;
            by: string;
            /** @description Who that is. */
            by_name?: string | null;
            decision: string;
        };
        /** @description By when a payee is asked to confirm a month under review. */
        AskedView: {
            /** Format: date */
            confirm_by: string;
            /**
             * Format: int64
             * @description Days left; 0 on the last day, below zero after it.
             */
            days_left: number;
            /**
             * @description Lines of which he said nothing, or of which he said it at another amount; absences are not
             *     asked about.
             */
            waiting: number;
        };
        /** @description A lent thing or an account. */
        AssetItem: {
            /** Format: date */
            changed_on: string;
            cost?: components["schemas"]["Money"] | null;
            id: string;
            kind: string;
            name: string;
            note: string;
            serial: string;
            /** @description `lent`, `returned`, `cost_agreed`, `closed` */
            state: string;
            state_zh: string;
        };
        /** @description How a thing came back. */
        AssetReturn: {
            cost?: components["schemas"]["Money"] | null;
            note?: string;
        };
        /** @description Somebody who has a plan. */
        AssignedView: {
            /** Format: date */
            from: string;
            id: string;
            /** @description `person`, `post`, `department` */
            kind: string;
            name: string;
            quota?: components["schemas"]["Money"] | null;
            /**
             * Format: date
             * @description The first day on which he has it no more.
             */
            until?: string | null;
        };
        /** @description Another owner, ownership alone. */
        Assignment: {
            /** Format: date */
            effective_on: string;
            /** @description The owner that was shown, or `pool`; refused where it is another one by now. */
            from?: string | null;
            /** @description `null` for the pool. */
            owner_id?: string | null;
            /** @description `allotted`, `claimed`, `reassigned`, `released`, `corrected` */
            reason: string;
        };
        /** @description One interval of the history of owners. */
        AssignmentItem: {
            /** Format: date */
            from: string;
            owner?: components["schemas"]["PersonName"] | null;
            plan_id?: string | null;
            /**
             * @description `created`, `imported`, `allotted`, `claimed`, `reassigned`, `handed_over`, `released`,
             *     `recycled`, `corrected`
             */
            reason: string;
            reason_zh: string;
            /** Format: date-time */
            recorded_at: string;
            recorded_by?: string | null;
            /** @description Corrected on the same day: it never counted. */
            superseded: boolean;
            /**
             * Format: date
             * @description First day of the next owner; `null` while it lasts.
             */
            until?: string | null;
        };
        /** @description A file beside an objection. */
        AttachmentView: {
            /** @description SHA-256, hex. */
            digest: string;
            name: string;
            /**
             * Format: int64
             * @description Its number among what was said of the line.
             */
            seq: number;
            /** Format: int64 */
            size: number;
        };
        /** @description One denied attempt. */
        AttemptLine: {
            /** @description The act or the read that was tried. */
            act: components["schemas"]["Named"];
            /** Format: date-time */
            at: string;
            in_handover: boolean;
            /** @description The permission that was missing. */
            permission: components["schemas"]["Named"];
        };
        /** @description What an audit found. */
        AuditView: {
            /** Format: date-time */
            at: string;
            books?: components["schemas"]["BooksView"] | null;
            /** Format: int64 */
            erased: number;
            findings: string[];
            root: string;
            /** Format: int64 */
            size: number;
            verdict: string;
            verdict_zh: string;
        };
        /** @description How an audit ended. */
        Audited: {
            /** Format: date-time */
            at: string;
            /**
             * Format: int64
             * @description Rows that are not what acts wrote.
             */
            differences: number;
            /**
             * Format: int64
             * @description Entries of the log.
             */
            entries: number;
            /**
             * Format: int64
             * @description Places in the log that are wrong.
             */
            findings: number;
            /**
             * Format: int64
             * @description Rows of tables that were compared.
             */
            rows: number;
            /** @description `VALID`, `INVALID`, … */
            verdict: string;
        };
        /**
         * @description How far a batch is.
         * @enum {string}
         */
        BatchState: "staged" | "committed" | "undone" | "discarded";
        /** @description One part of the background. */
        Beat: {
            /** Format: date-time */
            at: string;
            /** @description `sign`, `jobs`, `alert`, `clear` */
            part: string;
        };
        /** @description A departure in the board. */
        BoardItem: {
            clocks: components["schemas"]["ClocksView"];
            closed_at?: string | null;
            /**
             * Format: int64
             * @description Customers that are still the leaver's.
             */
            customers_left: number;
            department: string;
            employee: components["schemas"]["PersonName"];
            /** Format: date */
            filed_on: string;
            id: string;
            kind_en: string;
            kind_zh: string;
            number: string;
            opened_at: string;
            stage: components["schemas"]["StageView"];
        };
        /** @description What the comparison of the business tables with the log found. */
        BooksView: {
            differences: components["schemas"]["DifferenceView"][];
            /**
             * Format: int64
             * @description Entries whose content was erased, so that their rows cannot be compared.
             */
            erased: number;
            /**
             * Format: int64
             * @description Rows compared.
             */
            rows: number;
            /**
             * Format: int64
             * @description Tables compared.
             */
            tables: number;
            /**
             * Format: int64
             * @description All differences, also those not listed.
             */
            total: number;
        };
        /** @description A bundle that was handed out. */
        BundleItem: {
            /**
             * Format: int64
             * @description Rows that were not what acts had written, as the audit before the export found.
             */
            differences: number;
            /** @description SHA-256 of the file, hex. */
            digest: string;
            /** Format: int64 */
            documents: number;
            /** Format: int64 */
            erased: number;
            /** Format: date-time */
            exported_at: string;
            exported_by?: components["schemas"]["PersonName"] | null;
            file_name: string;
            id: string;
            /**
             * Format: int64
             * @description Items of bulk acts, one a customer.
             */
            items: number;
            /** @description Why. */
            reason: string;
            /** @description For whom. */
            recipient: string;
            /**
             * Format: int64
             * @description Records, and how many of them show their content, keep it back, or lost it.
             */
            records: number;
            /** Format: int64 */
            shown: number;
            /** @description Whether the company signed the list of files, and an authority stamped it. */
            signed: boolean;
            /**
             * Format: int64
             * @description Bytes.
             */
            size: number;
            stamped: boolean;
            /** @description What the house's own verifier said of it: `VALID`, `VALID-UNWITNESSED`, `INCOMPLETE`. */
            verdict: string;
            /** Format: int64 */
            withheld: number;
        };
        /** @description What a bundle would hold. */
        BundlePreview: {
            /** @description Chains that go along whole, so that nothing can be left out: how many. */
            chains: number;
            /**
             * Format: int64
             * @description Customers of executed handovers, which go along when chosen.
             */
            customers: number;
            documents: components["schemas"]["PreviewDocument"][];
            /** @description Bundles of this departure that were handed out already, the newest first. */
            earlier: components["schemas"]["BundleItem"][];
            /** @description Who leaves. */
            employee: components["schemas"]["PersonName"];
            /** @description Number of the departure. */
            number: string;
            records: components["schemas"]["PreviewRecord"][];
            /**
             * @description Whether the company signs the list of files; it does as soon as it has an authority for
             *     certificates.
             */
            signed: boolean;
            /** @description Whether a timestamp authority will be asked to stamp it. */
            stamped: boolean;
            /**
             * Format: int64
             * @description Entries of the log that were looked at; the export names them again.
             */
            up_to: number;
            /** @description How the witnesses stand. */
            witnesses: components["schemas"]["Standing"][];
        };
        /** @description A button beside a task. */
        ButtonView: {
            en: string;
            /**
             * @description `approve`, `reject`, `claim`, …: the `do` of the command, or for `add_before`, `add_after`
             *     and `add_parallel` the seating of `add_signer`.
             */
            key: string;
            zh: string;
        };
        /** @description The days that the notices name. */
        CalendarView: {
            /** @description In the order of the days. */
            days: components["schemas"]["EnteredDay"][];
            /**
             * @description The years that deadlines reckoned today need and that are not entered: there only weekends
             *     count.
             */
            missing: number[];
            /** @description The years whose notices are entered, in their order. */
            years: number[];
        };
        /** @description A receipt that cleared something of an invoice. */
        CameByItem: {
            /** @description How much of the invoice. */
            cleared: components["schemas"]["Money"];
            id: string;
            /** @description What of that may still be recorded as refunded. */
            may_go_back: components["schemas"]["Money"];
            number: string;
            /** Format: date */
            received_on: string;
        };
        /** @description What is written down of a contact. */
        Card: {
            /** @description 邮箱 */
            email?: string | null;
            /** @description 首要联系人; another one ceases to be it. */
            is_primary?: boolean;
            /** @description 1..=100 characters. */
            name: string;
            /** @description 电话 */
            phone?: string | null;
            /** @description 职务, 0..=100 characters. */
            title?: string;
        };
        /** @description One line of the cases about a thing. */
        CaseItem: {
            /** Format: date-time */
            closed_at?: string | null;
            flow: string;
            id: string;
            initiator?: components["schemas"]["PersonName"] | null;
            /** Format: date-time */
            opened_at: string;
            state: string;
            state_en: string;
            state_zh: string;
            title: string;
            title_en: string;
        };
        /** @description A case with its steps, its history, and what the caller can do. */
        CaseView: {
            about?: components["schemas"]["PersonName"] | null;
            /** Format: date-time */
            closed_at?: string | null;
            flow: string;
            flow_title: string;
            flow_title_en: string;
            /** Format: int32 */
            flow_version: number;
            held_en?: string | null;
            /** @description Why it could not be done although it was approved, Chinese. */
            held_failed?: string | null;
            /** @description The same in English. */
            held_failed_en?: string | null;
            /** @description What will be done when it is approved. */
            held_zh?: string | null;
            history: components["schemas"]["HistoryLine"][];
            id: string;
            initiator?: components["schemas"]["PersonName"] | null;
            /** @description Whether the caller may still withdraw it. */
            may_withdraw: boolean;
            milestones: string[];
            my_items: components["schemas"]["MyItem"][];
            /** Format: date-time */
            opened_at: string;
            /** @description `running`, `completed`, `rejected`, `withdrawn`, `terminated` */
            state: string;
            state_en: string;
            state_zh: string;
            steps: components["schemas"]["StepView"][];
            /** @description `departure/dep_…` */
            subject: string;
            /** @description What was asked for. */
            terms: components["schemas"]["TermView"][];
            title: string;
            title_en: string;
            /** @description Years whose holidays are not entered though open tasks are due in them. */
            unknown_years: number[];
        };
        /** @description A change to a plan. */
        Change: {
            change: components["schemas"]["PlanChange"];
            /**
             * Format: int32
             * @description The version that was seen.
             */
            version: number;
        };
        /** @description What a change of a plan answers. */
        Changed: {
            /** @description Lines that changed. */
            changed: number;
            /**
             * Format: int64
             * @description Index of the entry in the evidence log.
             */
            entry?: number | null;
            /**
             * Format: int32
             * @description The version from now on.
             */
            version: number;
        };
        /** @description What was done. */
        Check: {
            /** @enum {string} */
            check: "receivables";
            /** @description 0..=200 characters. */
            note: string;
        } | {
            /** @description An asset of kind `account`. */
            asset_id: string;
            /** @enum {string} */
            check: "account_closed";
            /** @description 0..=200 characters. */
            note: string;
        } | {
            /** @description Which. */
            asset_id: string;
            /** @enum {string} */
            check: "asset";
            cost?: components["schemas"]["Money"] | null;
            /** @description 0..=200 characters. */
            note: string;
        } | {
            /** @enum {string} */
            check: "union_notice";
            /** @description What the union said, 0..=1000 characters. */
            note: string;
            /**
             * Format: date
             * @description When.
             */
            on: string;
        } | {
            /** @enum {string} */
            check: "protection";
            /** @description What was found, 2..=1000 characters. */
            note: string;
        } | {
            /** @enum {string} */
            check: "interview";
            /** @description What was said, 0..=1000 characters. */
            note: string;
            /**
             * Format: date
             * @description When.
             */
            on: string;
        };
        /** @description A checkpoint in the list. */
        CheckpointLine: {
            /**
             * Format: int64
             * @description Witnesses that have signed it.
             */
            cosigned: number;
            /** Format: date-time */
            signed_at: string;
            /** Format: int64 */
            size: number;
        };
        /** @description Legal entities and posts to choose from. */
        Choices: {
            entities: components["schemas"]["EntityItem"][];
            posts: components["schemas"]["PostItem"][];
        };
        /** @description How the anchoring by timestamps stands. */
        ClockStanding: {
            /** @description Whom this house believes: names on the configured certificates. */
            authorities: string[];
            /** @description Whether certificates of authorities are configured, so that stamps can be checked. */
            known: boolean;
            /** @description Whether some of them have waited too long. */
            late: boolean;
            /** @description The newest stamped checkpoints, the newest first. */
            stamps: components["schemas"]["StampLine"][];
            trouble_en?: string | null;
            /** @description What is wrong, as this server heard it last; `null` when nothing is. */
            trouble_zh?: string | null;
            /** @description Where an authority is asked; `null` when question and answer are carried by hand. */
            url?: string | null;
            /**
             * Format: int64
             * @description Signed entries that no stamp covers yet.
             */
            waiting: number;
        };
        /** @description The three dates. */
        ClocksView: {
            /**
             * Format: date
             * @description 提成截止日
             */
            commission_cutoff_on: string;
            /**
             * Format: date
             * @description 劳动关系终止日
             */
            employment_ends_on: string;
            /**
             * Format: date
             * @description 最后工作日
             */
            last_working_day: string;
        };
        /** @description What a person asks of a case. Comments: at most 2,000 characters. */
        CommandBody: {
            comment?: string;
            /** @enum {string} */
            do: "approve";
            /** Format: int32 */
            item: number;
            /**
             * @description Digest of what was on the screen about the subject, where its page shows one; refused
             *     when it would be another one now.
             */
            shown?: string | null;
        } | {
            comment: string;
            /** @enum {string} */
            do: "reject";
            /** Format: int32 */
            item: number;
        } | {
            comment?: string;
            /** @enum {string} */
            do: "abstain";
            /** Format: int32 */
            item: number;
        } | {
            /** @description The ticked entries of the checklist, in words. */
            checked?: string[];
            comment?: string;
            /** @enum {string} */
            do: "complete";
            /** Format: int32 */
            item: number;
        } | {
            comment: string;
            /** @enum {string} */
            do: "send_back";
            /** Format: int32 */
            item: number;
            /** @description `initiator`, `previous`, or the id of a step. */
            to: string;
        } | {
            /** @enum {string} */
            do: "withdraw";
            reason: string;
        } | {
            comment?: string;
            /** @enum {string} */
            do: "hand_on";
            /** Format: int32 */
            item: number;
            to: string;
        } | {
            comment?: string;
            /** @enum {string} */
            do: "delegate";
            /** Format: int32 */
            item: number;
            to: string;
        } | {
            comment?: string;
            /** @enum {string} */
            do: "add_signer";
            /** Format: int32 */
            item: number;
            person: string;
            seating: components["schemas"]["SeatingBody"];
        } | {
            /** @enum {string} */
            do: "remove_signer";
            /** Format: int32 */
            item: number;
        } | {
            /** @enum {string} */
            do: "claim";
            /** Format: int32 */
            item: number;
        } | {
            /** @enum {string} */
            do: "urge";
            /** Format: int32 */
            item: number;
        } | {
            /** @enum {string} */
            do: "comment";
            text: string;
        } | {
            /** @enum {string} */
            do: "mark_read";
            /** Format: int32 */
            item: number;
        } | {
            /** @enum {string} */
            do: "terminate";
            reason: string;
        };
        /** @description Where the case stands after a command. */
        Commanded: {
            case_id: string;
            /**
             * Format: int64
             * @description Index of the entry in the evidence log.
             */
            entry?: number | null;
            /** @description `running`, `completed`, … */
            state: string;
            state_en: string;
            state_zh: string;
        };
        /** @description Which tables credit deals, the newest first. */
        CommissionCrediting: {
            items: components["schemas"]["CreditingFrom"][];
        };
        /** @description A contract as plans see it. */
        CommissionDeal: {
            amount: components["schemas"]["Money"];
            credit?: components["schemas"]["CreditView"] | null;
            /** @description What was said of its credit, the newest first. */
            credit_history: components["schemas"]["CreditSaid"][];
            customer?: string | null;
            customer_id: string;
            id: string;
            margin?: components["schemas"]["Money"] | null;
            number: string;
            product: string;
            /** Format: date */
            signed_on: string;
            title: string;
            /** @description Another one as soon as product or margin has changed. */
            version: string;
        };
        /** @description Contracts, the newest first; no more than 50. */
        CommissionDeals: {
            items: components["schemas"]["CommissionDeal"][];
        };
        /** @description Somebody's months, the oldest first. */
        CommissionHistory: {
            months: components["schemas"]["HistoryMonth"][];
            payee?: components["schemas"]["PersonName"] | null;
        };
        /** @description A month of settlement. */
        CommissionMonth: {
            calculated_at?: string | null;
            closed_at?: string | null;
            /**
             * Format: date
             * @description By when payees were asked to confirm it, when they were.
             */
            confirm_by?: string | null;
            /** @description `2026-11` */
            month: string;
            payout?: components["schemas"]["PayoutView"] | null;
            /**
             * Format: date
             * @description Of a month that can be reviewed: the last day that is proposed.
             */
            proposed_confirm_by?: string | null;
            /** @description `open`, `calculated`, `reviewed`, `closed` */
            stage: string;
        };
        /** @description The months, and the one that can be opened next. */
        CommissionMonths: {
            /** @description The newest first. */
            items: components["schemas"]["CommissionMonth"][];
            /** @description Absent while it lies ahead. */
            next?: string | null;
            /** @description Objections nobody has answered, within the caller's reach. */
            objections: number;
            /** @description Years whose holidays are not entered though the proposed last day is reckoned in them. */
            unknown_years: number[];
        };
        /** @description A plan with its versions and who has it. */
        CommissionPlanView: {
            /** @description `each`, `month`, `quarter`, `year` */
            adds_up: string;
            /** @description Who has it now or later. */
            assigned: components["schemas"]["AssignedView"][];
            /** @description `next_window`, `carries_on`, `starts_afresh` */
            change_inside: string;
            id: string;
            name: string;
            /** @description The overlay it pays; absent for the deal itself. */
            overlay?: string | null;
            /** @description The newest first. */
            versions: components["schemas"]["VersionView"][];
        };
        /** @description All plans. */
        CommissionPlans: {
            items: components["schemas"]["CommissionPlanView"][];
        };
        /** @description What stands in the way of a plan. */
        ConflictView: {
            /** @description Whether it must be solved before submitting and approving. */
            blocks: boolean;
            /** @description Lines it is about. */
            count: number;
            en: string;
            kind: string;
            /** @description The first of them. */
            lines: components["schemas"]["Line"][];
            person?: components["schemas"]["PersonName"] | null;
            remedy: string;
            remedy_en: string;
            zh: string;
        };
        /** @description Which wording was on the screen. */
        ConsentGiven: {
            /** @description SHA-256 of the wording, hex. */
            digest: string;
        };
        /** @description What is written down of a contact from now on. */
        ContactChange: {
            email?: string | null;
            /** @description 首要联系人; another one ceases to be it. */
            is_primary?: boolean;
            /** @description 1..=100 characters. */
            name: string;
            phone?: string | null;
            /** @description The `version` of the contact that was shown. */
            seen?: string | null;
            /** @description 职务, 0..=100 characters. */
            title?: string;
        };
        /** @description A contact person, masked. */
        ContactItem: {
            /** @description Masked. */
            email?: string | null;
            /** @description What was replaced, newest first, masked. */
            former: components["schemas"]["FormerContact"][];
            id: string;
            is_primary: boolean;
            name: string;
            /** @description Masked. */
            phone?: string | null;
            title: string;
            /** @description Another one as soon as any of it has changed. */
            version: string;
        };
        /** @description Since when and by which handover somebody has a contract without its customer. */
        ContractApart: {
            from?: components["schemas"]["PersonName"] | null;
            person?: components["schemas"]["PersonName"] | null;
            plan: string;
            plan_id: string;
            /** Format: date */
            since: string;
        };
        /** @description What a contract sells and what it leaves. */
        ContractDescription: {
            margin?: components["schemas"]["Money"] | null;
            /** @description Product or product line, at most 100 characters; empty when nobody knows. */
            product?: string;
            /** @description The `version` of the deal that was shown. */
            seen?: string | null;
        };
        /** @description A contract in a list. */
        ContractItem: {
            amount: components["schemas"]["Money"];
            apart?: components["schemas"]["ContractApart"] | null;
            /** Format: date */
            ends_on?: string | null;
            id: string;
            number: string;
            owner?: components["schemas"]["PersonName"] | null;
            /** Format: date */
            signed_on: string;
            /** @description `active` up to and with its last day, then `ended`. */
            state: string;
            title: string;
        };
        /** @description The term of a labour contract. */
        ContractTerm: {
            /** Format: date */
            begins_on: string;
            /**
             * Format: date
             * @description The last day; open-ended when absent.
             */
            ends_on?: string | null;
            reason: string;
            /** @description The `version` of the employee that was shown. */
            seen?: string | null;
        };
        /**
         * @description The particulars. Citizen id, phone and e-mail that are left out stay as they are, since whoever
         *     corrects sees them masked.
         */
        Correction: {
            /**
             * Format: int64
             * @description 客户上限, 0..=1,000,000; none for no limit.
             */
            capacity?: number | null;
            /** @description 居民身份证号 */
            citizen_id?: string | null;
            /**
             * Format: date
             * @description 合同起始日
             */
            contract_from?: string | null;
            /**
             * Format: date
             * @description 合同终止日; none for an open-ended contract 无固定期限.
             */
            contract_until?: string | null;
            /** @description 邮箱 */
            email?: string | null;
            /**
             * Format: date
             * @description 入职日期; the history gets the rows that correct it.
             */
            hired_on: string;
            /** @description Industries he knows, separated by 、. */
            industries?: string;
            /** @description 1..=100 characters. */
            name: string;
            /** @description 手机 */
            phone?: string | null;
            /**
             * Format: date
             * @description 试用期至
             */
            probation_until?: string | null;
            /** @description Why, 2..=200 characters. */
            reason: string;
            /** @description Regions he knows, separated by 、. */
            regions?: string;
            /**
             * @description The `version` of the employee that the form showed; whatever stands there is overwritten
             *     when absent.
             */
            seen?: string | null;
            /** @description Whether the person has customers. */
            sells: boolean;
        };
        /** @description How much there is of what. */
        Counts: {
            contracts: number;
            orders: number;
            receipts: number;
        };
        /** @description Number and password. */
        Credentials: {
            /** @description 工号 */
            number: string;
            /** @description 密码 */
            password: string;
        };
        /** @description Who is credited with a deal. */
        Credit: {
            /** @description The deal itself: basis points, 10,000 together. */
            direct: components["schemas"]["CreditShare"][];
            /** @description Wholes of their own beside it. */
            overlays?: components["schemas"]["CreditOverlay"][];
        };
        /** @description Who is credited with a deal, and why. */
        CreditOfDeal: {
            credit: components["schemas"]["Credit"];
            /** @description 2..=200 characters. */
            reason: string;
        };
        /** @description A whole of its own beside the deal. */
        CreditOverlay: {
            /** @description Basis points, 10,000 together; everybody named. */
            members: components["schemas"]["CreditShare"][];
            /** @description As the plan that pays it names it, 1..=100 characters. */
            name: string;
        };
        /** @description An overlay as it is shown. */
        CreditOverlayView: {
            members: components["schemas"]["CreditShareView"][];
            name: string;
        };
        /** @description Who was credited from then on. */
        CreditSaid: {
            at: string;
            by?: components["schemas"]["PersonName"] | null;
            en: string;
            reason: string;
            zh: string;
        };
        /** @description A share of a deal. */
        CreditShare: {
            /** @description Absent for whoever owns the customer on the day of each event. */
            employee_id?: string | null;
            /**
             * Format: int64
             * @description In basis points.
             */
            share: number;
        };
        /** @description A share as it is shown. */
        CreditShareView: {
            person?: components["schemas"]["PersonName"] | null;
            /** Format: int64 */
            share: number;
        };
        /** @description Who is credited with a deal, as it is shown. */
        CreditView: {
            direct: components["schemas"]["CreditShareView"][];
            overlays: components["schemas"]["CreditOverlayView"][];
        };
        /** @description From a day on a table credits deals signed then. */
        CreditingFrom: {
            /** Format: date */
            effective_on: string;
            table?: string | null;
            /** @description Absent for the owner alone. */
            table_id?: string | null;
        };
        /** @description A table to credit deals by. */
        CreditingTable: {
            /** Format: date */
            effective_on: string;
            /** @description Absent for the owner alone. */
            table_id?: string | null;
        };
        /** @description What shall change; the rest stays. */
        CustomerChange: {
            accept_duplicate?: boolean;
            address?: string | null;
            /** @description Empty takes it away. */
            credit_code?: string | null;
            industry?: string | null;
            name?: string | null;
            region?: string | null;
            /** @description The `version` of the customer that was shown. */
            seen?: string | null;
            tier?: string | null;
        };
        /** @description A line of the list of customers. */
        CustomerItem: {
            id: string;
            industry: string;
            /** Format: date */
            last_follow_up_on?: string | null;
            name: string;
            number: string;
            /** @description What it owes today. */
            open: components["schemas"]["Money"];
            /**
             * Format: int64
             * @description Days overdue of the oldest open invoice.
             */
            overdue_days: number;
            /** Format: date */
            owned_since: string;
            owner?: components["schemas"]["PersonName"] | null;
            region: string;
            /** @description `active`, `merged` */
            state: string;
            tier: string;
        };
        /** @description Everything about a customer; phones and e-mails masked. */
        CustomerView: {
            address: string;
            assignments: components["schemas"]["AssignmentItem"][];
            contacts: components["schemas"]["ContactItem"][];
            counts: components["schemas"]["Counts"];
            /** Format: date-time */
            created_at: string;
            credit_code?: string | null;
            /** @description What is doubtful about the credit code, Chinese. */
            credit_code_doubt?: string | null;
            /** @description The same in English. */
            credit_code_doubt_en?: string | null;
            id: string;
            industry: string;
            /** Format: date */
            last_follow_up_on?: string | null;
            /** @description Duplicates that were merged into this one. */
            merged: components["schemas"]["MergedItem"][];
            /** @description The customer that this one was merged into. */
            merged_into_id?: string | null;
            name: string;
            number: string;
            open: components["schemas"]["Money"];
            opportunities: components["schemas"]["OpportunityItem"][];
            /** Format: int64 */
            overdue_days: number;
            /** Format: date */
            owned_since: string;
            owner?: components["schemas"]["PersonName"] | null;
            region: string;
            seats: components["schemas"]["SeatItem"][];
            state: string;
            tier: string;
            /** @description Another one as soon as one of these particulars has changed. */
            version: string;
        };
        /** @description The dates with their reasons. */
        DatesView: {
            agreed: boolean;
            /** @description Whether the calendar of holidays was complete. */
            certain: boolean;
            clocks: components["schemas"]["ClocksView"];
            /**
             * Format: date
             * @description The earliest day one side can bring about alone.
             */
            earliest_on: string;
            /**
             * Format: date
             * @description 档案和社保关系最迟转出日
             */
            file_transfer_by: string;
            /** @description What follows from each date. */
            follows: components["schemas"]["WhyView"][];
            /** Format: int32 */
            notice_days: number;
            /** @description Statuses found that protect from dismissal. */
            protections: components["schemas"]["WhyView"][];
            /** @description How the day was reckoned. */
            reasons: components["schemas"]["WhyView"][];
            /** Format: date */
            received_on: string;
        };
        /** @description A table in a list. */
        DecisionTableItem: {
            /** @description Whether somebody is writing at it. */
            has_draft: boolean;
            id: string;
            name: string;
            published_by?: components["schemas"]["PersonName"] | null;
            /**
             * Format: date
             * @description Since when, or from when on.
             */
            since?: string | null;
            /** @description `draft` (never in force), `ahead`, `in_force`, `ended` */
            state: string;
            /** @description What asks it. */
            used_by: components["schemas"]["TableUse"][];
            /**
             * Format: int32
             * @description The version in force today, or the next one.
             */
            version?: number | null;
        };
        /** @description A table with its draft and its versions. */
        DecisionTableView: {
            draft?: components["schemas"]["TableDraft"] | null;
            /** @description What tables may ask of a deal when commission asks them. */
            facts: components["schemas"]["TableFact"][];
            id: string;
            /** @description What the caller may do: `write`, `publish`, `compare`. */
            may: string[];
            name: string;
            /** @description What asks it. */
            used_by: components["schemas"]["TableUse"][];
            /** @description The newest first; ends among them. */
            versions: components["schemas"]["TableVersion"][];
        };
        /** @description Every table. */
        DecisionTables: {
            /** @description What tables may ask of a deal when commission asks them. */
            facts: components["schemas"]["TableFact"][];
            items: components["schemas"]["DecisionTableItem"][];
        };
        /** @description What a department is called and where it stands. */
        DepartmentChange: {
            name: string;
            /** @description The one above it; absent for a root. */
            parent_id?: string | null;
            /** @description The `version` that was shown. */
            seen?: string | null;
        };
        /** @description A department; the tree is in `parent_id`. */
        DepartmentItem: {
            code: string;
            entity_id: string;
            head?: components["schemas"]["PersonName"] | null;
            id: string;
            name: string;
            parent_id?: string | null;
            /**
             * Format: int64
             * @description People in it who have not left.
             */
            people: number;
            /**
             * Format: int64
             * @description The same with all departments below it.
             */
            people_below: number;
            /** @description Another one as soon as name, place or head has changed. */
            version: string;
        };
        /** @description One thing that happened. */
        DepartureStep: {
            at: string;
            by?: components["schemas"]["PersonName"] | null;
            /**
             * @description `filed`, `acknowledged`, `agreed`, `dates`, `check`, `waiver`, `stage`, `access_ended`,
             *     `withdrawn`, `called_off`, `closed`
             */
            kind: string;
            /** Format: int64 */
            n: number;
            /** @description Which check or gate. */
            what: string;
        };
        /** @description Everything about a departure. */
        DepartureView: {
            agreed_early: boolean;
            case_id?: string | null;
            closed_at?: string | null;
            dates: components["schemas"]["DatesView"];
            /**
             * @description Whether it is one for both sides: a dismissal was served, an agreement reached; what the
             *     employee or the law brings about always is.
             */
            declared: boolean;
            department: string;
            /** @description What may wait for the handover and what may not. */
            duties: components["schemas"]["DutyView"][];
            employee: components["schemas"]["PersonName"];
            filed_by?: components["schemas"]["PersonName"] | null;
            /** Format: date */
            filed_on: string;
            gates: components["schemas"]["GateView"][];
            id: string;
            kind: components["schemas"]["KindView"];
            number: string;
            plans: components["schemas"]["PlanRef"][];
            /** @description In own words; only for the person and whoever runs departures. */
            reason?: string | null;
            stage: components["schemas"]["StageView"];
            steps: components["schemas"]["DepartureStep"][];
            /** @description Its history: `GET /api/v1/evidence?subject=…`. */
            subject: string;
            /** @description The process: who has to do what until when, and what is done. */
            tasks: components["schemas"]["StepNow"][];
            /**
             * @description Years whose holidays are not entered though days and tasks are reckoned in them; none once
             *     it is over.
             */
            unknown_years: number[];
        };
        /** @description One row that is not what the log says. */
        DifferenceView: {
            en: string;
            /**
             * Format: int64
             * @description The entry that wrote the row last.
             */
            entry?: number | null;
            /** @description The column, where one was changed or is gone. */
            field?: string | null;
            /** @description Its primary key, columns joined by `/`; empty where the whole table is meant. */
            key: string;
            /**
             * @description `changed`, `missing`, `extra` or `damaged`; of a whole table `table_gone`, `field_gone`,
             *     `keyless` or `unguarded`.
             */
            kind: string;
            /** @description The table; empty for a damaged entry. */
            table: string;
            /** @description What the table is called. */
            table_zh: string;
            /** @description The whole in a sentence. */
            zh: string;
        };
        /** @description Whether an invoice is disputed. */
        Dispute: {
            disputed: boolean;
            reason: string;
        };
        /** @description A file that another tool wrote. */
        DmnFile: {
            /** @description The XML. */
            xml: string;
        };
        /** @description A document in a list. */
        DocumentItem: {
            /** @description Why it was issued once more; empty for the first. */
            because: string;
            /** @description 校验码 */
            code: string;
            /** @description SHA-256 of the file, hex. */
            digest: string;
            employee?: components["schemas"]["PersonName"] | null;
            en: string;
            id: string;
            issued_at: string;
            issued_by?: components["schemas"]["PersonName"] | null;
            /** @description `leaving_certificate`, … */
            kind: string;
            number: string;
            /** Format: int64 */
            pages: number;
            /** @description The customer or the receiver it names, where it is about one of a plan. */
            part?: string | null;
            signing?: components["schemas"]["SigningBrief"] | null;
            /**
             * Format: int64
             * @description Bytes.
             */
            size: number;
            /** @description What it is about, `departure/dep_…`. */
            subject: string;
            /** @description Version of the template, hex. */
            template: string;
            /** @description What the kind is called. */
            zh: string;
        };
        /** @description A kind of document. */
        DocumentKindView: {
            en: string;
            kind: string;
            /** @description Whether that template is the company's own. */
            own_template: boolean;
            /** @description Version of the template in force, hex. */
            template: string;
            /** @description As it stands on the paper. */
            title: string;
            zh: string;
        };
        /** @description A signature as the hand made it, or the name typed instead. */
        DrawnSignature: {
            /** @description Lines of points from 0 to 10,000, from the upper left corner. */
            strokes?: number[][][];
            typed?: string;
        };
        /** @description A customer that may be the same. */
        DuplicateItem: {
            id: string;
            /** @description In what they are alike, Chinese. */
            likeness: string;
            /** @description The same in English. */
            likeness_en: string;
            name: string;
            number: string;
            owner?: components["schemas"]["PersonName"] | null;
            /** @description `possible`, `likely`, `certain` */
            strength: string;
        };
        /** @description What the company owes at the end, and whether it may wait for the handover. */
        DutyView: {
            basis: string;
            /**
             * Format: date
             * @description The last day, where it does not depend on the handover.
             */
            due_on?: string | null;
            en: string;
            key: string;
            may_wait: boolean;
            zh: string;
        };
        /** @description What a calculation said to one person. */
        EditionView: {
            calculated_at: string;
            /** Format: int64 */
            lines: number;
            total: components["schemas"]["Money"];
        };
        /** @description A line of the list of employees. */
        EmployeeItem: {
            department: string;
            department_id: string;
            id: string;
            line_manager?: components["schemas"]["PersonName"] | null;
            name: string;
            /** @description 工号 */
            number: string;
            /** @description Masked. */
            phone?: string | null;
            post: string;
            sells: boolean;
            /** @description `active`, `notice`, `left`, `withdrawn` */
            state: string;
        };
        /** @description Everything about an employee; papers and phone masked. */
        EmployeeView: {
            assets: components["schemas"]["AssetItem"][];
            /** Format: int64 */
            capacity?: number | null;
            /**
             * @description Masked; only for himself, for those who keep the files of people and those who may see all
             *     of it.
             */
            citizen_id?: string | null;
            /** Format: date */
            contract_from?: string | null;
            /** Format: date */
            contract_until?: string | null;
            department: string;
            department_id: string;
            /** @description Masked. */
            email?: string | null;
            employment: components["schemas"]["EmploymentItem"][];
            entity: string;
            entity_id: string;
            /** Format: date */
            hired_on: string;
            id: string;
            industries: string;
            /**
             * @description What a file said of him beyond these fields; only for himself and for those who keep the
             *     files of people.
             */
            kept: components["schemas"]["KeptColumn"][];
            /** Format: date */
            left_on?: string | null;
            /** @description Managers at work today, nearest first. */
            line: components["schemas"]["PersonName"][];
            line_manager?: components["schemas"]["PersonName"] | null;
            name: string;
            number: string;
            /** @description Masked. */
            phone?: string | null;
            post: string;
            post_id: string;
            /** Format: date */
            probation_until?: string | null;
            regions: string;
            sells: boolean;
            stand_ins: components["schemas"]["StandInItem"][];
            /** @description `active`, `notice`, `left`, `withdrawn` */
            state: string;
            /** @description Another one as soon as anything a form shows has changed; empty for colleagues. */
            version: string;
        };
        /** @description One place a person had. */
        EmploymentItem: {
            department: string;
            /** Format: date */
            effective_on: string;
            /** @description Whether the employment ends here. */
            ended: boolean;
            entity: string;
            line_manager?: components["schemas"]["PersonName"] | null;
            post: string;
            reason: string;
            /** @description The same in English where the program said it. */
            reason_en: string;
            /** Format: date-time */
            recorded_at: string;
        };
        /** @description How it ended. */
        Ending: {
            /** Format: date-time */
            at?: string | null;
            by: components["schemas"]["Officer"];
            conclusion?: components["schemas"]["Named"] | null;
            note: string;
        };
        /** @description A day that a notice names. */
        EnteredDay: {
            /** Format: date */
            day: string;
            is_off: boolean;
            is_statutory: boolean;
            name: string;
            /**
             * Format: int32
             * @description The year whose notice it is; a notice may name days of the December before.
             */
            notice_year: number;
        };
        /** @description What a legal entity is called. */
        EntityChange: {
            credit_code?: string | null;
            name: string;
            /** @description The `version` that was shown. */
            seen?: string | null;
        };
        EntityItem: {
            credit_code?: string | null;
            id: string;
            name: string;
            /** @description Another one as soon as name or code has changed. */
            version: string;
        };
        /** @description One entry with what was hashed. */
        EntryDetail: {
            approvals: components["schemas"]["ApprovalLine"][];
            /** @description Numbers and names of the subjects, by `customer/cus_…`, as they stand in the books. */
            called: {
                [key: string]: string;
            };
            /** @description The logged bytes, as text. */
            entry: string;
            /** @description Leaf hash, base64. */
            leaf: string;
            line: components["schemas"]["EntryLine"];
            /** @description Name and number of everybody whose id stands in `line.detail`, by id. */
            people: {
                [key: string]: string;
            };
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
            /** @description Whether what it says was erased by law. */
            erased: boolean;
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
        /** @description Why what an entry says is to go. */
        Erasure: {
            /** @description By which law, or after which time of keeping. */
            basis: string;
            /** @description The number of the demand, without a name: it is kept for ever. */
            demand: string;
        };
        /** @description The deal somebody typed. */
        ExampleDeal: {
            /** @description Signed, delivered, invoiced or received; not 0. */
            amount: components["schemas"]["Money"];
            before?: components["schemas"]["Money"] | null;
            contract_amount?: components["schemas"]["Money"] | null;
            industry?: string;
            margin?: components["schemas"]["Money"] | null;
            new_customer?: boolean;
            product?: string;
            region?: string;
            tier?: string;
        };
        /** @description What a guarantee or a draw adds at the end of the window, were this all. */
        ExampleDraw: {
            amount: components["schemas"]["Money"];
            why: components["schemas"]["WhySentence"][];
        };
        /** @description One component's line. */
        ExampleLine: {
            commission: components["schemas"]["Money"];
            component: string;
            credit: components["schemas"]["Money"];
            held?: components["schemas"]["Money"] | null;
            /** Format: date */
            payable_on: string;
            why: components["schemas"]["WhySentence"][];
        };
        /** @description A component that pays nothing, and why. */
        ExampleZero: {
            component: string;
            why: components["schemas"]["WhySentence"][];
        };
        /** @description What an execution did, or would do. */
        ExecutedView: {
            /**
             * Format: int32
             * @description Lines that were with their successor before.
             */
            already: number;
            /** Format: int32 */
            customers: number;
            /**
             * Format: int64
             * @description Index of the entry in the evidence log; absent for a dry run.
             */
            entry?: number | null;
            /** @description Lines that were closed or gone meanwhile. */
            gone: number;
            /** @description Tasks, and cases the person started, with whoever gets each. */
            pending: components["schemas"]["MoveView"][];
            receivable_open: components["schemas"]["Money"];
            /** Format: int32 */
            things: number;
        };
        /** @description Open commission of a leaver. */
        ExitCommission: {
            /** @description Earned before the first month that was opened: not settled here. */
            before_books: components["schemas"]["Money"];
            /**
             * Format: date
             * @description The day inside that month on which commission begins, where the books began inside it: what
             *     happened in it before is not settled here either.
             */
            begins?: string | null;
            /**
             * Format: date
             * @description 提成截止日
             */
            cut_off: string;
            /** @description The first month that was opened, `2026-11`. */
            first_month?: string | null;
            items: components["schemas"]["ExitItem"][];
            /** @description Contracts that still lack something. */
            lacking: number;
            /** @description What the caller may do: `decide`, `object`. */
            may: string[];
            /** @description Earned and not paid. */
            owed: components["schemas"]["Money"];
            /** @description Whether it was settled with the departure. */
            settled: boolean;
            /**
             * Format: date
             * @description The day by which he must be told what came in, where he is paid on collection.
             */
            statement_due?: string | null;
            /** @description What came in since, month by month. */
            supplements: components["schemas"]["ExitSupplement"][];
            /** @description What is to come. */
            to_come: components["schemas"]["Money"];
            /** @description Booked in closed months and not paid yet. */
            unpaid: components["schemas"]["Money"];
            /** @description Of that, kept back until a later day. */
            withheld: components["schemas"]["Money"];
        };
        /** @description Which contract. */
        ExitDeal: {
            deal_id: string;
        };
        /** @description One of the four decisions, about one or more contracts. */
        ExitDecision: {
            /** @description Ids of contracts, 1 to 500. */
            deal_ids: string[];
            /**
             * @description `"pay_in_full"`, `{"pay_share": {"share", "agreement"}}`,
             *     `{"on_collection": {"until", "statement_months"}}`, `{"nothing": {"reason", "proof"}}`;
             *     where terms of a handover leave him a part, on collection with his signature under them:
             *     `"consent": {"plan", "paper"}`
             */
            decision: Record<string, never>;
            /** @description The answer to an objection, or a note. */
            reply?: string;
        };
        /** @description A decision, as it is sent and in words. */
        ExitDecisionView: {
            decision: Record<string, never>;
            en: string;
            zh: string;
        };
        /** @description One open contract. */
        ExitItem: {
            customer: string;
            deal_id: string;
            decided?: components["schemas"]["ExitDecisionView"] | null;
            lacks?: components["schemas"]["ExitLacks"] | null;
            later?: components["schemas"]["Money"] | null;
            now?: components["schemas"]["Money"] | null;
            number: string;
            owed: components["schemas"]["Money"];
            passed_on?: components["schemas"]["ExitPassedOn"] | null;
            /** @description What was said, oldest first. */
            said: components["schemas"]["ExitWord"][];
            /** Format: date */
            signed_on?: string | null;
            suggested?: components["schemas"]["ExitDecisionView"] | null;
            title: string;
            to_come: components["schemas"]["Money"];
            uncollected?: components["schemas"]["Money"] | null;
            /** @description Whether what was decided does not count any more, since a handover leaves him less now. */
            void: boolean;
        };
        /**
         * @description What an open contract still lacks.
         * @enum {string}
         */
        ExitLacks: "decision" | "answer" | "second_person";
        /** @description What is wrong with an open contract. */
        ExitObjection: {
            deal_id: string;
            /** @description Whether he wrote it, and whoever decides takes it down for him. */
            in_writing?: boolean;
            reason: string;
        };
        /** @description By which plan a contract was passed on, if by one, and who has it now. */
        ExitPassedOn: {
            en: string;
            leaves?: components["schemas"]["Money"] | null;
            /**
             * Format: date
             * @description The cut-off, or the first day of the terms where that lies after it.
             */
            leaves_on: string;
            /** @description Its number. */
            plan?: string | null;
            /** @description Absent where it changed hands without a plan, or by several. */
            plan_id?: string | null;
            to?: components["schemas"]["PersonName"] | null;
            /** @description What its terms say. */
            zh: string;
        };
        /**
         * @description What can be said of an open contract.
         * @enum {string}
         */
        ExitSaid: "decided" | "checked" | "objected";
        /** @description What a month pays after the exit. */
        ExitSupplement: {
            /** @description Whether the month is closed. */
            closed: boolean;
            commission: components["schemas"]["Money"];
            /** Format: date */
            earned_on: string;
            /** @description `line`, `difference`, `settlement` */
            kind: string;
            /** @description `2026-11` */
            month: string;
            number: string;
            /** @description What was paid of it. */
            paid: components["schemas"]["Money"];
            /** @description As on a statement: `paid`, `part`, `payable`, … */
            pay: string;
        };
        /** @description A word about an open contract. */
        ExitWord: {
            at: string;
            by?: components["schemas"]["PersonName"] | null;
            decided?: components["schemas"]["ExitDecisionView"] | null;
            reason: string;
            said: components["schemas"]["ExitSaid"];
        };
        /** @description Why codes are switched off. */
        FactorReset: {
            reason: string;
        };
        /** @description The first rows of a file. */
        FilePreview: {
            /** @description The encoding of a text file: `utf-8` or `gb18030`. */
            encoding?: string | null;
            /** @description The file. */
            file: string;
            /** @description The column names. */
            header: string[];
            problem?: components["schemas"]["Finding"] | null;
            /** @description The first rows, cell by cell, contact details masked. */
            rows: string[][];
            /** @description The worksheet; empty for CSV. */
            sheet: string;
        };
        /** @description What filing answers. */
        FiledView: {
            dates: components["schemas"]["DatesView"];
            /**
             * Format: int64
             * @description Index of the entry in the evidence log.
             */
            entry?: number | null;
            id: string;
            number: string;
        };
        /** @description Files and how to read them. */
        Files: {
            /** @description `auto`, `utf-8` or `gb18030`; overrides the mapping for text files. */
            encoding?: string | null;
            /** @description The files, 256 MB together. */
            file: string[];
            /** @description Key of a shipped mapping; or `mapping_text`. */
            mapping?: string | null;
            /** @description A mapping, TOML. */
            mapping_text?: string | null;
        };
        /** @description Words to choose from. */
        FilterWords: {
            industries: string[];
            regions: string[];
            tiers: string[];
        };
        /** @description One thing found in the files, or while they came in. */
        Finding: {
            /** @description Stable machine name. */
            code: string;
            /** @description The column, or the field where no column gives it. */
            column: string;
            /** @description The same with the field in English. */
            column_en: string;
            /** @description The file. */
            file: string;
            /** @description The reason. */
            reason: string;
            /** @description The same in English. */
            reason_en: string;
            /** @description What would help. */
            remedy: string;
            /** @description The same in English. */
            remedy_en: string;
            /**
             * Format: int64
             * @description How many rows it is about.
             */
            row_count: number;
            /** @description The rows, at most a hundred of them. */
            rows: number[];
            /** @description `refused`, `warned`, `changed` or `info`. */
            severity: string;
            /** @description The worksheet. */
            sheet: string;
            /** @description The cell, contact details masked, or what a record is called. */
            value: string;
            /** @description The same in English. */
            value_en: string;
        };
        /** @description The first password somebody gets in the place of one he forgot. */
        FirstPassword: {
            /** @description It must be changed at the next login. */
            password: string;
        };
        /** @description One published version of a flow. */
        FlowItem: {
            /** @description Whether new cases follow it. */
            current: boolean;
            id: string;
            key: string;
            /** Format: date-time */
            published_at: string;
            title: string;
            title_en: string;
            /** Format: int64 */
            version: number;
        };
        /** @description A definition in force. */
        FlowView: {
            /** @description The definition itself, `baton.process/1`. */
            definition: Record<string, never>;
            key: string;
            outline: components["schemas"]["OutlineLine"][];
            title: string;
            title_en: string;
            versions: components["schemas"]["FlowItem"][];
        };
        /** @description A follow-up. */
        FollowUpItem: {
            /** Format: date-time */
            at: string;
            author: components["schemas"]["PersonName"];
            /** @description The customer it was written for; another one where that was merged into this. */
            customer_id: string;
            duty?: components["schemas"]["PersonName"] | null;
            id: string;
            kind: string;
            kind_zh: string;
            /** Format: date */
            next_on?: string | null;
            opportunity_id?: string | null;
            text: string;
        };
        /** @description One customer of the plan. */
        ForecastCustomer: {
            /** @description `enough` (two years of history), `weak` (one), `too_short` (less: no figures) */
            basis: string;
            /** @description Numbers of the contracts that go by themselves; empty for the customer with all the others. */
            contracts: string[];
            customer: string;
            customer_id: string;
            /** @description Billed, open, and due in the twelve months. */
            due: components["schemas"]["Money"];
            /** Format: date */
            history_from?: string | null;
            people: components["schemas"]["ForecastPerson"][];
            /** @description Twelve-month stretches of history. */
            stretches: number;
            successor?: components["schemas"]["PersonName"] | null;
            terms_en?: string | null;
            /** @description The terms in one sentence; absent where none were agreed. */
            terms_zh?: string | null;
            /** @description What happened in the poorest, the middle and the richest of them. */
            turnover: components["schemas"]["ForecastRange"];
        };
        /** @description A forecast as it is shown to one person. */
        ForecastFigures: {
            /** @description Credit adds up over bands: what is sold to other customers could lift the rates. */
            bands: boolean;
            /** @description At most twenty, those with the greatest effect first; the sums above are of all. */
            customers: components["schemas"]["ForecastCustomer"][];
            /** Format: date */
            effective_on: string;
            months: components["schemas"]["ForecastMonths"][];
            people: components["schemas"]["ForecastPerson"][];
            plan_id: string;
            /** @description Whether the company has any commission plan. */
            plans: boolean;
            /** @description Customers that were reckoned. */
            reckoned: number;
            /**
             * Format: date
             * @description The day whose books it stands on.
             */
            reckoned_on: string;
            /** @description Customers without a year of history, which have no figures. */
            too_short: number;
            /** @description Customers of the plan nobody is to receive yet. */
            unassigned: number;
            /** Format: int32 */
            version: number;
            /** @description Of those, with one year of history only. */
            weak: number;
        };
        /** @description Somebody's middle year, month by month from the day of the handover. */
        ForecastMonths: {
            person: components["schemas"]["PersonName"];
            with: components["schemas"]["Money"][];
            without: components["schemas"]["Money"][];
        };
        /** @description What somebody earns in the next twelve months. */
        ForecastPerson: {
            /** @description The difference. */
            change: components["schemas"]["ForecastRange"];
            /** @description Of the same, under the terms. */
            due_with: components["schemas"]["Money"];
            /** @description Of what is billed and falls due in these months, when nothing is handed over. */
            due_without: components["schemas"]["Money"];
            person: components["schemas"]["PersonName"];
            /** @description `giver`, `receiver`, `other` */
            side: string;
            /** @description Under the terms. */
            with: components["schemas"]["ForecastRange"];
            /** @description When nothing is handed over. */
            without: components["schemas"]["ForecastRange"];
        };
        /** @description One amount for each of the customers' poorest, middle and richest years. */
        ForecastRange: {
            high: components["schemas"]["Money"];
            low: components["schemas"]["Money"];
            mid: components["schemas"]["Money"];
        };
        /** @description A field that whoever issues the document fills in. */
        FormField: {
            /** @description The only answers there are. */
            choices: string[];
            /** @description The columns of a list, which have none of their own. */
            columns: components["schemas"]["FormField"][];
            en: string;
            /** @description What the law or good use says about it; Chinese. */
            hint: string;
            /** @description The same in English. */
            hint_en: string;
            key: string;
            /** @description `text`, `note`, `day`, `money`, `count`, `yes`, `list` */
            kind: string;
            /** @description At least: a number, yuan. */
            least?: string | null;
            /** @description At most: a number, yuan, rows, characters. */
            most?: string | null;
            required: boolean;
            zh: string;
        };
        /** @description What one edit of a contact replaced. */
        FormerContact: {
            email?: string | null;
            phone?: string | null;
            /** Format: date-time */
            replaced_at: string;
        };
        /** @description A decision of a DMN file. */
        FoundTable: {
            /** @description Its name in the file. */
            name: string;
            /** @description Absent when it is no table that can be kept. */
            table?: Record<string, never> | null;
            why_en: string;
            why_zh: string;
        };
        /** @description The decisions of a DMN file. */
        FoundTables: {
            items: components["schemas"]["FoundTable"][];
        };
        /** @description From when on. */
        FromDay: {
            /** Format: date */
            effective_on?: string | null;
        };
        /** @description One gate as it stands. */
        GateView: {
            en: string;
            key: string;
            /** @description What the law says about waiting for it. */
            legal_note: string;
            legal_note_en: string;
            may_be_waived: boolean;
            /** @description The first of them. */
            missing: components["schemas"]["MissingView"][];
            /** @description How many things are missing. */
            missing_count: number;
            /** @description `green`, `red`, `waived` */
            state: string;
            waived_because?: string | null;
            zh: string;
        };
        /** @description What a draft would have changed in a month. */
        GhostComparison: {
            /** @description Lines that a table decides, in either run. */
            cases: number;
            /** @description Lines that would be otherwise. */
            differing: number;
            ghost: components["schemas"]["Money"];
            /** @description The first 500 of them. */
            lines: components["schemas"]["GhostLine"][];
            live: components["schemas"]["Money"];
            month: string;
            /** @description By person; who would get the same is left out. */
            people: components["schemas"]["GhostPerson"][];
        };
        /** @description One line, twice. */
        GhostLine: {
            credit: components["schemas"]["Money"];
            customer?: string | null;
            difference: components["schemas"]["Money"];
            /** Format: date */
            earned_on: string;
            ghost: components["schemas"]["GhostSide"];
            live: components["schemas"]["GhostSide"];
            payee?: components["schemas"]["PersonName"] | null;
            record: string;
        };
        /** @description One person's month, twice. */
        GhostPerson: {
            difference: components["schemas"]["Money"];
            ghost: components["schemas"]["Money"];
            lines: number;
            live: components["schemas"]["Money"];
            payee?: components["schemas"]["PersonName"] | null;
        };
        /** @description What one of the two says. */
        GhostSide: {
            commission: components["schemas"]["Money"];
            /**
             * Format: int64
             * @description The rate, or the share, in basis points; absent when it says none.
             */
            rate?: number | null;
            /**
             * Format: int32
             * @description The row, counted from 1; 0 is the default row.
             */
            row?: number | null;
            why_en: string;
            /** @description Why there is no rate. */
            why_zh: string;
        };
        /** @description Who takes a customer with all that hangs on it. */
        Handover: {
            /** Format: date */
            effective_on: string;
            /** @description The owner that was shown, or `pool`; refused where it is another one by now. */
            from?: string | null;
            reason: string;
            to_id: string;
        };
        /** @description Terms as they travel. */
        HandoverTerms: {
            /** @description 保护期: the giver's share falls with the days since the handover. */
            protection: {
                /**
                 * Format: int64
                 * @description What he keeps after the last step, in basis points.
                 */
                afterwards: number;
                /** @description `all`, `signed_before` */
                covers: string;
                /** @description Rising days; the first whose day is not reached yet counts. */
                steps: components["schemas"]["TermsStep"][];
            };
        } | {
            /** @description 至合同结束 */
            to_contract_end: {
                /**
                 * Format: int64
                 * @description In basis points.
                 */
                share: number;
            };
        } | {
            /** @description 按工作量 */
            share_of_work: {
                /** @description Pieces of work; their weights sum to 10,000. */
                pieces: components["schemas"]["TermsPiece"][];
            };
        } | {
            /** @description 协商 */
            negotiated: {
                /** @description The signed paper. */
                agreement: string;
                /**
                 * Format: int64
                 * @description In basis points.
                 */
                share: number;
                /**
                 * Format: date
                 * @description The last day; for good when none.
                 */
                until?: string | null;
            };
        } | {
            /** @description 查表: as a decision table says for each customer on the effective day. */
            by_table: {
                /** @description `all`, `signed_before` */
                covers: string;
                /** @description Its name, as the server says it; not sent. */
                name?: string | null;
                /** @description What it said, once the handover was executed; not sent. */
                steps?: unknown[] | null;
                /** @description Id of the table. */
                table: string;
            };
        } | "nothing_kept";
        /** @description How much of one kind follows a customer. */
        HangView: {
            amount: components["schemas"]["Money"];
            /** Format: int64 */
            count: number;
            kind: string;
            overdue: components["schemas"]["Money"];
        };
        /** @description One sentence of the history. */
        HistoryLine: {
            /** Format: date-time */
            at: string;
            by?: components["schemas"]["PersonName"] | null;
            en: string;
            /** Format: int64 */
            seq: number;
            zh: string;
        };
        /** @description One month of one person. */
        HistoryMonth: {
            /** @description Booked in this month, above zero. */
            earned: components["schemas"]["Money"];
            /** @description Of what was booked in this month, handed to payroll. */
            handed: components["schemas"]["Money"];
            /** @description Of what was booked in this month, kept back until a day that lies ahead. */
            held: components["schemas"]["Money"];
            month: string;
            /**
             * @description Of what was booked in this month, still owed, kept back among it; nothing of months whose
             *     payments were not written down yet.
             */
            owed: components["schemas"]["Money"];
            /** @description Of what was booked in this month, recorded as paid. */
            paid: components["schemas"]["Money"];
            /** @description What falls due in this month, of whatever month it was booked in. */
            payable: components["schemas"]["Money"];
            /**
             * @description `open`, `calculated`, `reviewed`, `closed`; absent for a month in which something only falls
             *     due.
             */
            stage?: string | null;
            /**
             * @description Booked in this month, below zero: returns, and corrections of closed months; as a positive
             *     amount.
             */
            taken_back: components["schemas"]["Money"];
        };
        /** @description Who has something to do. */
        HolderView: {
            /** @description `张三（E001）` or `「人事」待办池` */
            name: string;
            /** @description The same for English pages. */
            name_en: string;
            person?: components["schemas"]["PersonName"] | null;
            /** @description Key of the pool; absent for a person. */
            pool?: string | null;
        };
        /** @description What a file must look like. */
        ImportAsked: {
            /** @description The columns that are read. */
            columns: string[];
            /** @description Its name; `*` stands for any characters. */
            file: string;
            /**
             * Format: int32
             * @description The row of the column names, from 1.
             */
            header_row: number;
        };
        /** @description A mapping drawn up by the column names of files, and what was understood of each. */
        ImportDraft: {
            /** @description Each file. */
            files: components["schemas"]["ImportDraftFile"][];
            /** @description The mapping, TOML; empty when no file was understood. */
            text: string;
        };
        /** @description A column and what is made of it. */
        ImportDraftColumn: {
            /** @description Its name. */
            column: string;
            /** @description The field, in Chinese; none where it is kept as it stands. */
            field?: string | null;
            /** @description The same in English. */
            field_en?: string | null;
        };
        /** @description What was understood of a file. */
        ImportDraftFile: {
            /** @description Its columns. */
            columns: components["schemas"]["ImportDraftColumn"][];
            /** @description The file. */
            file: string;
            /**
             * Format: int32
             * @description The row of the column names, from 1.
             */
            header_row: number;
            /** @description What its rows are taken for: `customer`, …; none when nothing fits. */
            kind?: string | null;
            /** @description The same in English. */
            kind_en: string;
            /** @description The same in Chinese. */
            kind_zh: string;
            /** @description Fields without which the file cannot come in, in Chinese. */
            missing: string[];
            /** @description The same in English. */
            missing_en: string[];
            problem?: components["schemas"]["Finding"] | null;
        };
        /** @description A batch in the list. */
        ImportItem: {
            /** @description When it came into the books. */
            committed_at?: string | null;
            /**
             * Format: int64
             * @description How many were new to the books; none before it was written.
             */
            created?: number | null;
            /** @description Names of its files. */
            files: string[];
            /** @description Its id. */
            id: string;
            /**
             * Format: int64
             * @description How many records stay outside: a row may be used for one and not for another.
             */
            left_out: number;
            /**
             * Format: int64
             * @description How many records were read.
             */
            records: number;
            /**
             * Format: int64
             * @description How many rows were refused.
             */
            refused: number;
            /** @description When. */
            staged_at: string;
            /** @description Who staged it. */
            staged_by: string;
            /** @description How far it is. */
            state: components["schemas"]["BatchState"];
            /** @description The same in Chinese. */
            state_zh: string;
            /** @description First part of every natural key. */
            system: string;
            /** @description The mapping's name. */
            title: string;
            /** @description The same in English, where the house named it. */
            title_en: string;
            /**
             * Format: int64
             * @description How many the books held as they were.
             */
            unchanged?: number | null;
            /** @description When it was taken back. */
            undone_at?: string | null;
            /**
             * Format: int64
             * @description How many changed what the books held.
             */
            updated?: number | null;
        };
        /** @description Records and money of one kind: what came in and what is in the books. */
        ImportKind: {
            /**
             * Format: int64
             * @description Records of the batch that stand in the books.
             */
            booked: number;
            /** @description Their amounts, plain yuan. */
            booked_amount?: string | null;
            /**
             * Format: int64
             * @description Records that are new to the books; none where that was not worked out.
             */
            created?: number | null;
            /** @description `customer`, … */
            kind: string;
            /** @description The same in English. */
            kind_en: string;
            /** @description The same in Chinese. */
            kind_zh: string;
            /** @description By owner. */
            owners: components["schemas"]["OwnerView"][];
            /**
             * Format: int64
             * @description Records that stay outside, refused in the files or by the books.
             */
            refused: number;
            /**
             * Format: int64
             * @description Records read and handed on.
             */
            staged: number;
            /** @description Their amounts, plain, in the currency of the files; none where the kind has no money. */
            staged_amount?: string | null;
            /**
             * Format: int64
             * @description Records that the books hold as they are.
             */
            unchanged?: number | null;
            /**
             * Format: int64
             * @description Records that change what the books hold.
             */
            updated?: number | null;
        };
        /**
         * @description What is being done.
         * @enum {string}
         */
        ImportPhase: "idle" | "reading" | "writing" | "undoing";
        /** @description How far a piece of work is. */
        ImportProgress: {
            /**
             * Format: int64
             * @description Records done.
             */
            done: number;
            /**
             * Format: int64
             * @description Records in all; 0 where that is not known yet.
             */
            of: number;
            /** @description What is being done. */
            phase: components["schemas"]["ImportPhase"];
        };
        /** @description A table to be filled in, whose columns are recognised by their names. */
        ImportTemplate: {
            /** @description The column names and one example, CSV. */
            csv: string;
            /** @description What its rows become: `customer`, … */
            kind: string;
            /** @description The same in English. */
            kind_en: string;
            /** @description The same in Chinese. */
            kind_zh: string;
        };
        /** @description The report of a batch. */
        ImportView: {
            /** @description The batch. */
            batch: components["schemas"]["ImportItem"];
            /** @description The currency of the files. */
            currency: string;
            /** @description What was refused first. */
            findings: components["schemas"]["Finding"][];
            /**
             * @description Whether nothing is written yet and the report tells what writing would do; very large
             *     batches are not compared with the books beforehand.
             */
            foretold: boolean;
            /** @description Whether nothing is written yet and nothing would be new: writing it is refused. */
            idle: boolean;
            /** @description Counts and sums by kind and owner. */
            kinds: components["schemas"]["ImportKind"][];
            /** @description What became of every row. */
            sources: components["schemas"]["SourceView"][];
        };
        /** @description Why a document cannot be issued now. */
        InTheWay: {
            code: string;
            en: string;
            /** @description What would help, Chinese. */
            remedy: string;
            /** @description The same in English. */
            remedy_en: string;
            zh: string;
        };
        /** @description An invoice in a list, as of a day. */
        InvoiceItem: {
            amount: components["schemas"]["Money"];
            customer: string;
            customer_id: string;
            disputed: boolean;
            /** Format: date */
            due_on: string;
            id: string;
            /** Format: date */
            issued_on: string;
            number: string;
            /** @description What was open at the end of the day. */
            open: components["schemas"]["Money"];
            /**
             * Format: int64
             * @description 0 when nothing is open or nothing overdue.
             */
            overdue_days: number;
            responsible?: components["schemas"]["PersonName"] | null;
        };
        /** @description Everything about an invoice. */
        InvoiceView: {
            amount: components["schemas"]["Money"];
            cleared: components["schemas"]["Money"];
            contract_id?: string | null;
            /**
             * @description Receipts of which something is left that could clear it, oldest first; only while something
             *     is open and the caller may match it.
             */
            credits: components["schemas"]["ReceiptItem"][];
            customer: string;
            customer_id: string;
            disputed: boolean;
            /** Format: date */
            due_on: string;
            id: string;
            /** Format: date */
            issued_on: string;
            /** @description What a file said of it beyond these fields. */
            kept: components["schemas"]["KeptColumn"][];
            /** @description What may still be recorded as a bad debt. */
            may_lose: components["schemas"]["Money"];
            /** @description Whether the caller may record a refund or a bad debt. */
            may_reverse: boolean;
            number: string;
            open: components["schemas"]["Money"];
            order_id?: string | null;
            /** Format: int64 */
            overdue_days: number;
            /** @description The receipts that cleared it. */
            receipts: components["schemas"]["CameByItem"][];
            /** @description Who was responsible from which day on. */
            responsibility: components["schemas"]["ResponsibilityItem"][];
            responsible?: components["schemas"]["PersonName"] | null;
            /** @description Refunds and bad debts. */
            reversals: components["schemas"]["ReversalItem"][];
        };
        /** @description A line of a plan. */
        ItemView: {
            alternatives: components["schemas"]["SuggestedView"][];
            amount: components["schemas"]["Money"];
            customer_id?: string | null;
            /** @description What follows it. */
            follows: components["schemas"]["HangView"][];
            holder?: components["schemas"]["PersonName"] | null;
            /**
             * @description `by_hand`, `with_customer`, `apart`, `with_contract`, `by_rule`, `by_suggestion`,
             *     `by_reversal`
             */
            how?: string | null;
            industry?: string | null;
            kind: string;
            label: string;
            /** @description The same in English where the program named it. */
            label_en: string;
            /** @description Whether it must find a new holder; the others may lapse. */
            must_move: boolean;
            /** @description After execution: `moved`, `gone`, `lapsed`. */
            outcome?: string | null;
            overdue: components["schemas"]["Money"];
            region?: string | null;
            successor?: components["schemas"]["PersonName"] | null;
            suggestion?: components["schemas"]["SuggestedView"] | null;
            thing_id: string;
        };
        /** @description Another place from a day on. */
        JobChange: {
            department_id: string;
            /** Format: date */
            effective_on: string;
            entity_id: string;
            line_manager_id?: string | null;
            post_id: string;
            reason: string;
            /** @description The `version` of the employee that was shown. */
            seen?: string | null;
        };
        /** @description One job. */
        JobItem: {
            /** Format: int64 */
            attempts: number;
            /** Format: date-time */
            done_at?: string | null;
            id: string;
            kind: string;
            kind_en: string;
            kind_zh: string;
            /** @description Why it failed last: codes and faults, without business data. */
            last_error?: string | null;
            /** @description The server that has it. */
            locked_by?: string | null;
            may_give_up: boolean;
            may_retry: boolean;
            /** Format: int64 */
            most_attempts: number;
            /**
             * Format: date-time
             * @description Not before this moment; for a failed job, when it failed last.
             */
            run_at: string;
            /** @description `waiting`, `due`, `running`, `retrying`, `failed`, `done`, `dropped` */
            state: string;
        };
        /** @description How the jobs of one kind stand. */
        JobKindItem: {
            /**
             * Format: int64
             * @description Finished or given up.
             */
            ended: number;
            /**
             * Format: int64
             * @description Failed for good.
             */
            failed: number;
            kind: string;
            kind_en: string;
            kind_zh: string;
            /** Format: date-time */
            last_at?: string | null;
            /** Format: date-time */
            next_at?: string | null;
            /**
             * Format: int64
             * @description Not finished: waiting, due, running or to come again.
             */
            open: number;
        };
        /** @description A column that no field took in. */
        KeptColumn: {
            /** @description Its header, or the field's name. */
            name: string;
            /** @description The same with the field in English. */
            name_en: string;
            /** @description The cell, contact details masked. */
            value: string;
        };
        /** @description A record and the columns kept with it. */
        KeptRecord: {
            /** @description Its number or name. */
            called: string;
            columns: components["schemas"]["KeptColumn"][];
            /** @description `customer`, `contract`, … */
            kind: string;
            /** @description The same in English. */
            kind_en: string;
            /** @description The same in Chinese. */
            kind_zh: string;
        };
        /** @description Why a key is given up. */
        KeyRetirement: {
            /** @description `forgotten` or `leaked` */
            why: string;
        };
        /** @description A signing key that nobody has vouched for yet. */
        KeyToVouch: {
            /** @description SHA-256 of the certificate, hex: what both look at. */
            fingerprint: string;
            id: string;
            made_at: string;
            person: components["schemas"]["PersonName"];
        };
        /** @description How employment ends and what the law attaches to it. */
        KindView: {
            /** @description Whether a status may forbid or postpone it, so that it must be checked before. */
            asks_protection: boolean;
            /** @description Articles. */
            basis: string;
            /** @description Whether economic compensation can be due. */
            compensation: string;
            en: string;
            key: string;
            note_en: string;
            note_zh: string;
            /**
             * @description The notice before the last day: `local` asks for the city's days,
             *     `thirty_days_or_one_month_pay` knows pay instead.
             */
            notice: string;
            /** @description `employee`, `employer`, `law` */
            starter: string;
            /** @description Whether the union must be told first. */
            union_first: boolean;
            zh: string;
        };
        /** @description More time to confirm. */
        LaterConfirmDay: {
            /** Format: date */
            confirm_by: string;
            reason: string;
        };
        /** @description One line, by kind and thing. */
        Line: {
            /** @description `customer_ownership`, `receivable_responsibility`, … */
            kind: string;
            /** @description Id of the thing. */
            thing_id: string;
        };
        /** @description Which line is right. */
        LineOf: {
            /** @description `2026-11` */
            month: string;
        };
        /**
         * @description What can be said of a line.
         * @enum {string}
         */
        LineWord: "confirmed" | "objected" | "accepted" | "partly" | "refused" | "put_right";
        /** @description Customers a person owns. */
        LoadView: {
            /** Format: int32 */
            after: number;
            /** Format: int32 */
            before: number;
            /**
             * Format: int32
             * @description Absent where there is no limit.
             */
            capacity?: number | null;
        };
        /** @description The state of the log. */
        LogState: {
            audit?: components["schemas"]["AuditView"] | null;
            audited?: components["schemas"]["Audited"] | null;
            /** @description The newest checkpoint, a signed note. */
            checkpoint?: string | null;
            /** @description The newest checkpoints, and by how many witnesses each was signed. */
            checkpoints: components["schemas"]["CheckpointLine"][];
            /** @description How its anchoring by timestamps stands. */
            clock: components["schemas"]["ClockStanding"];
            /** @description The log's public key, for a verifier. */
            key: string;
            /** @description Name of the log. */
            origin: string;
            second?: components["schemas"]["SecondLog"] | null;
            /**
             * Format: int64
             * @description Entries under the newest checkpoint.
             */
            signed: number;
            /**
             * Format: date-time
             * @description When the newest checkpoint was signed.
             */
            signed_at?: string | null;
            /**
             * Format: int64
             * @description Entries in the log.
             */
            size: number;
            /** @description Those who watch the log; empty when none are configured. */
            witnesses: components["schemas"]["Standing"][];
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
        /** @description An open invoice, and what it would get of what is left. */
        MatchItem: {
            /** Format: date */
            due_on: string;
            invoice_id: string;
            number: string;
            open: components["schemas"]["Money"];
            /** @description 0 where older ones take everything. */
            takes: components["schemas"]["Money"];
        };
        /** @description What is left of a receipt, and what is open. */
        MatchOffer: {
            /** @description What is left over. */
            credit: components["schemas"]["Money"];
            customer: string;
            customer_id: string;
            id: string;
            /**
             * @description What the customer owes, and those merged into it, the oldest due day first; at
             *     most 200.
             */
            invoices: components["schemas"]["MatchItem"][];
            number: string;
        };
        /** @description The permission matrix. */
        Matrix: {
            permissions: components["schemas"]["PermissionRow"][];
            roles: components["schemas"]["RoleRow"][];
        };
        /** @description The customer that stays. */
        MergeInto: {
            into_id: string;
            reason: string;
        };
        /** @description A duplicate that was merged. */
        MergedItem: {
            id: string;
            name: string;
            number: string;
        };
        /** @description One thing that is missing. */
        MissingView: {
            en: string;
            id: string;
            zh: string;
        };
        /** @description The schema of [`kernel::Fen`] on the wire; fields name it with `#[schema(value_type = Money)]`. */
        Money: {
            /**
             * @description Decimal with two places, a string so that no float touches it.
             * @example 12345.67
             */
            amount: string;
            /**
             * @description ISO 4217.
             * @example CNY
             */
            currency: string;
        };
        /** @description Who has answered of a month, and who has not. */
        MonthAnswers: {
            counts: components["schemas"]["AnswerCounts"];
            /** @description Every last day that was named, the one that counts last; none where nobody was asked. */
            days: components["schemas"]["NamedConfirmDay"][];
            items: components["schemas"]["PayeeAnswer"][];
            /** @description Whether the last day is past. */
            late: boolean;
            /** @description What the caller may do: `move_day`. */
            may: string[];
            month: string;
            next_cursor?: string | null;
            /** @description When those who had not answered were reminded before the day that counts. */
            reminded_at?: string | null;
            /** @description `open`, `calculated`, `reviewed`, `closed` */
            stage: string;
            /** @description When their superiors were told after it. */
            told_at?: string | null;
        };
        /** @description Why a month closes early. */
        MonthClosing: {
            /** @description Asked for while payees may still confirm and some have not. */
            reason?: string | null;
            /** @description Asked for while accepted objections are not put right. */
            uncorrected_reason?: string | null;
        };
        /** @description What was paid up to a month, and what is still to be paid. */
        MonthPayments: {
            /** @description Who is owed something, by number. */
            due: components["schemas"]["PersonDue"][];
            /** @description What was recorded of this month, the newest first. */
            items: components["schemas"]["PaymentItem"][];
            month: string;
            /** @description All that can be paid today. */
            payable: components["schemas"]["Money"];
            /** @description The first month whose payment was recorded; absent before the first record. */
            since?: string | null;
            /** @description `open`, `calculated`, `reviewed`, `closed` */
            stage: string;
            /** @description All that is kept back until a later day. */
            withheld: components["schemas"]["Money"];
        };
        /** @description By when payees confirm. */
        MonthReview: {
            /**
             * Format: date
             * @description The last day, at most 60 days ahead; nobody is asked by a day when absent.
             */
            confirm_by?: string | null;
        };
        /** @description One task that moves. */
        MoveView: {
            case_id: string;
            case_title: string;
            case_title_en: string;
            /** Format: int32 */
            item: number;
            task: string;
            task_en: string;
            to_name: string;
            to_name_en: string;
            to_person?: string | null;
            to_pool?: string | null;
        };
        /** @description Counts and money of some lines. */
        MovesView: {
            /** @description Kind → how many. */
            by_kind: {
                [key: string]: number;
            };
            /** Format: int32 */
            customers: number;
            /**
             * Format: int32
             * @description Everything, followers of customers included.
             */
            items: number;
            /** Format: int32 */
            opportunities: number;
            opportunity_amount: components["schemas"]["Money"];
            overdue: components["schemas"]["Money"];
            receivable_open: components["schemas"]["Money"];
            /** Format: int32 */
            receivables: number;
        };
        /** @description What waits for the caller to confirm, and whom of his people it waits for. */
        MyConfirmations: {
            /** @description Oldest month first. */
            own: components["schemas"]["OwnConfirmation"][];
            /** @description Oldest month first. */
            people: components["schemas"]["SilentPeople"][];
        };
        /** @description An item on which the caller can act. */
        MyItem: {
            buttons: components["schemas"]["ButtonView"][];
            /** @description The same in English. */
            came_en?: string | null;
            /** @description How it came here, when somebody else let the time pass. */
            came_zh?: string | null;
            /** @description What must be ticked. */
            checklist: string[];
            /** @description The same in English, entry by entry; empty where the flow has no English words. */
            checklist_en: string[];
            /** Format: date-time */
            due_at?: string | null;
            holder: components["schemas"]["HolderView"];
            /**
             * Format: int32
             * @description Its number, for the command.
             */
            item: number;
            kind: string;
            node: string;
            title: string;
            title_en: string;
        };
        /** @description What the caller can do here himself. */
        MySeat: {
            /** @description Whether he has agreed to sign electronically. */
            consented: boolean;
            /** @description Whether he uses one-time codes. */
            factor: boolean;
            /** @description His signing key: `none`, `unvouched`, `ready`. */
            key: string;
            /** @description `L0`, `L1`, `L2` */
            level: string;
            seat: number;
            /** @description Whether it is his turn. */
            turn: boolean;
        };
        /** @description A key with its name in both languages. */
        Named: {
            en: string;
            key: string;
            zh: string;
        };
        /** @description A last day that was named. */
        NamedConfirmDay: {
            /** Format: date */
            day: string;
            named_at: string;
            /** @description Why it was moved; empty for one that was named with the review. */
            reason: string;
        };
        /** @description A day that the notice names. */
        NamedDay: {
            /**
             * Format: date
             * @description Which; of the year itself or of the December before.
             */
            day: string;
            /** @description `true` 放假, `false` 调休上班. */
            is_off: boolean;
            /** @description Whether it is one of the statutory holidays proper 法定节假日. */
            is_statutory?: boolean;
            /** @description Name of the holiday, 1..=20 characters. */
            name: string;
        };
        /** @description A thing lent, or an account opened elsewhere. */
        NewAsset: {
            /** @description `equipment`, `card`, `key`, `vehicle`, `sample`, `document`, `account`, `other` */
            kind: string;
            name: string;
            serial?: string;
        };
        /** @description What is to be handed out, to whom and why. */
        NewBundle: {
            /** @description Whether the customers of executed handovers go along, each with his own item. */
            customers?: boolean;
            /** @description Ids of the documents that go along. */
            documents?: string[];
            /** @description Why. */
            reason: string;
            /** @description For whom: a court, a lawyer, the person himself. */
            recipient: string;
            /** @description Indexes of records whose content is shown although they speak of others too. */
            show?: number[];
            /**
             * Format: int64
             * @description Entries of the log that the preview looked at; later ones stay out.
             */
            up_to: number;
            /** @description Indexes of records whose content is kept back. */
            withhold?: number[];
        };
        /** @description A part of a receipt for an invoice. */
        NewClearing: {
            amount: components["schemas"]["Money"];
            invoice_id: string;
        };
        /** @description A plan to be begun, with its first version. */
        NewCommissionPlan: {
            /** @description `each`, `month`, `quarter`, `year` */
            adds_up: string;
            /** @description `next_window`, `carries_on`, `starts_afresh` */
            change_inside: string;
            /** @description 1..=100 characters. */
            name: string;
            offer: components["schemas"]["Offer"];
            /** @description The overlay it pays; absent for the deal itself. */
            overlay?: string | null;
            /** Format: date */
            valid_from: string;
        };
        /** @description A contract to be entered. */
        NewContract: {
            amount: components["schemas"]["Money"];
            customer_id: string;
            /** Format: date */
            ends_on?: string | null;
            margin?: components["schemas"]["Money"] | null;
            number: string;
            /** @description Product or product line, at most 100 characters. */
            product?: string;
            /** Format: date */
            signed_on: string;
            title: string;
        };
        /** @description Money that goes back. */
        NewCreditRefund: {
            /** @description At most what is left over. */
            amount: components["schemas"]["Money"];
            number: string;
            /** Format: date */
            on: string;
            reason: string;
        };
        /** @description A customer to be added. */
        NewCustomer: {
            /** @description Add it although another one has the same credit code or name. */
            accept_duplicate?: boolean;
            address?: string;
            credit_code?: string | null;
            industry?: string;
            name: string;
            /** @description Made up when absent. */
            number?: string | null;
            /**
             * Format: date
             * @description Since when the owner has had it; today when absent.
             */
            owned_since?: string | null;
            /** @description The caller when absent. */
            owner_id?: string | null;
            /** @description Into the pool, without owner. */
            pool?: boolean;
            region?: string;
            tier?: string;
        };
        /** @description The three dates, and why. */
        NewDates: {
            clocks: components["schemas"]["ClocksView"];
            reason: string;
        };
        /** @description A department to be added. */
        NewDepartment: {
            code: string;
            entity_id: string;
            name: string;
            parent_id?: string | null;
        };
        /** @description What somebody who files says. */
        NewDeparture: {
            /**
             * Format: date
             * @description The last day both sides agreed on in writing; HR only.
             */
            agreed_on?: string | null;
            /**
             * Format: date
             * @description The last day whose deals give credit; HR only.
             */
            commission_cutoff_on?: string | null;
            /** @description Who leaves; the caller when absent. */
            employee_id?: string | null;
            /** @description `resignation`, `mutual_by_employee`, …: see `/departure-kinds`. */
            kind: string;
            /** Format: date */
            last_working_day?: string | null;
            /**
             * Format: int32
             * @description Days of notice the city asks for at expiry.
             */
            local_notice_days?: number;
            /** @description A month's wage instead of 30 days' notice; art. 40 only. */
            pay_in_lieu?: boolean;
            protected?: components["schemas"]["Protected"] | null;
            /** @description In own words; a resignation needs none. */
            reason?: string;
            /**
             * Format: date
             * @description When the notice reached the other side; today when absent.
             */
            received_on?: string | null;
            /**
             * Format: date
             * @description The last day of employment that is asked for.
             */
            wished_on?: string | null;
        };
        /** @description Which document, about what. */
        NewDocument: {
            /** @description Why it is issued once more; may be left out for the first. */
            because?: string;
            /** @description The customer of that plan. */
            customer_id?: string | null;
            /** @description The departure it is about, or none where it is about a plan. */
            departure_id: string | null;
            /** @description `leaving_certificate`, …: see `/document-kinds`. */
            kind: string;
            /** @description The handover plan it is about. */
            plan_id?: string | null;
            /** @description The receiver of that plan. */
            receiver_id?: string | null;
            /** @description What the form of the kind has filled in, by the keys of its fields. */
            typed?: Record<string, never>;
        };
        /** @description A person who joins. */
        NewEmployee: {
            /** Format: int64 */
            capacity?: number | null;
            citizen_id?: string | null;
            /** Format: date */
            contract_from?: string | null;
            /**
             * Format: date
             * @description The last day; with a `contract_from` and without this the contract is open-ended.
             */
            contract_until?: string | null;
            department_id: string;
            email?: string | null;
            entity_id: string;
            /** Format: date */
            hired_on: string;
            industries?: string;
            line_manager_id?: string | null;
            name: string;
            number: string;
            phone?: string | null;
            post_id: string;
            /** Format: date */
            probation_until?: string | null;
            regions?: string;
            sells?: boolean;
        };
        /** @description A legal entity. */
        NewEntity: {
            credit_code?: string | null;
            name: string;
        };
        /** @description What an authenticator takes in; shown once and kept nowhere in clear. */
        NewFactor: {
            /** @description For the QR code. */
            address: string;
            /** @description For typing, base 32. */
            seed: string;
        };
        /** @description What was talked about. */
        NewFollowUp: {
            /** @description `visit`, `call`, `message`, `email`, `meeting`, `other` */
            kind: string;
            /** Format: date */
            next_on?: string | null;
            opportunity_id?: string | null;
            text: string;
        };
        /** @description Who shall head a department. */
        NewHead: {
            employee_id: string;
            /** @description The `version` of the department that was shown. */
            seen?: string | null;
        };
        /** @description An invoice to be entered. */
        NewInvoice: {
            amount: components["schemas"]["Money"];
            contract_id?: string | null;
            customer_id: string;
            /** Format: date */
            due_on: string;
            /** Format: date */
            issued_on: string;
            number: string;
            order_id?: string | null;
            /** @description Who chases it from today on, where that is not whoever has the customer. */
            responsible_id?: string | null;
        };
        /** @description What a signing key is made with. */
        NewKey: {
            /** @description Six digits. */
            code: string;
            /** @description The person's own secret, at least ten characters; it is kept nowhere. */
            secret: string;
        };
        /** @description A login to be opened. */
        NewLogin: {
            /** @description Name on screen of somebody who is no employee; an employee's own name stands. */
            name?: string;
            /** @description 工号; where an employee has it, the login is his. */
            number: string;
            /** @description The first password; it must be changed at the first login. */
            password: string;
            /** @description Keys of its roles. */
            roles: string[];
        };
        /** @description What shall be cleared. */
        NewMatch: {
            /** @description The oldest due day first when absent. */
            clearings?: components["schemas"]["NewClearing"][] | null;
        };
        /** @description An opportunity to be added. */
        NewOpportunity: {
            amount?: components["schemas"]["Money"] | null;
            product?: string;
            /** @description `lead`, `qualified`, `proposal`, `negotiation` */
            stage: string;
            title: string;
        };
        /** @description An order to be entered. */
        NewOrder: {
            amount: components["schemas"]["Money"];
            contract_id?: string | null;
            customer_id: string;
            number: string;
            /** Format: date */
            ordered_on: string;
        };
        /** @description What was paid, when, by which paper. */
        NewPayment: {
            amount?: components["schemas"]["Money"] | null;
            /** Format: date */
            paid_on: string;
            /** @description Id of the person; everybody who is owed something when absent. */
            payee?: string | null;
            /** @description Why it was not all of it. */
            reason?: string;
            /** @description Number of the bank's or payroll's paper. */
            reference: string;
        };
        /** @description Whose plan is to be drawn up. */
        NewPlan: {
            /**
             * @description Only these contracts of the person, with their open invoices and orders, while their
             *     customers stay where they are; everything when empty.
             */
            contract_ids?: string[];
            departure_id?: string | null;
            /**
             * Format: date
             * @description Today or later; the day after the last working day when absent, else tomorrow.
             */
            effective_on?: string | null;
            /** @description Whether each line gets the suggested successor at once; yes when absent. */
            fill?: boolean | null;
            from: string;
        };
        /** @description A name. */
        NewPost: {
            name: string;
        };
        /** @description Money that arrived. */
        NewReceipt: {
            amount: components["schemas"]["Money"];
            /** @description What it clears; the oldest due day first when absent. */
            clearings?: components["schemas"]["NewClearing"][] | null;
            customer_id: string;
            number: string;
            /** Format: date */
            received_on: string;
        };
        /** @description Money that went back, or will never come. */
        NewReversal: {
            amount: components["schemas"]["Money"];
            invoice_id: string;
            /** @description `refund`, `bad_debt` */
            kind: components["schemas"]["ReversalKind"];
            number: string;
            /** Format: date */
            on: string;
            reason: string;
            /** @description Of a refund: by which receipt the money had come. */
            receipt_id?: string | null;
        };
        /** @description Whose seal. */
        NewSeal: {
            entity_id: string;
        };
        /** @description What a person signs with. */
        NewSignature: {
            /** @description The one-time code, six digits. */
            code: string;
            /** @description SHA-256 of the document that was on the screen, hex. */
            digest: string;
            drawn?: components["schemas"]["DrawnSignature"] | null;
            /** @description The secret of the signing key; with it the signature goes into the document. */
            secret?: string | null;
        };
        /** @description Who signs which document until when. */
        NewSigning: {
            /**
             * Format: date
             * @description The last day.
             */
            deadline: string;
            document_id: string;
            seats: components["schemas"]["SeatWish"][];
        };
        /** @description The next stage. */
        NewStage: {
            /** @description The stage that was shown. */
            seen?: string | null;
            /** @description `lead`, `qualified`, `proposal`, `negotiation`, `won`, `lost` */
            stage: string;
        };
        /** @description Who acts, and when. */
        NewStandIn: {
            deputy_id: string;
            /** Format: date */
            from: string;
            reason: string;
            /**
             * Format: date
             * @description First day on which it is over.
             */
            until?: string | null;
        };
        /** @description Whose statement of which month is handed out, to whom and why. */
        NewStatementBundle: {
            /** @description `2026-11` */
            month: string;
            /** @description Id of the payee; the caller himself when absent. */
            payee?: string | null;
            /** @description Why. */
            reason: string;
            /** @description For whom: the person himself, a lawyer, an auditor. */
            recipient: string;
        };
        /** @description Which gate, and why. */
        NewWaiver: {
            /** @description `pending_work`, `assets`, `accounts` */
            gate: string;
            reason: string;
        };
        /** @description The next version of a plan. */
        NextVersion: {
            offer: components["schemas"]["Offer"];
            /** Format: date */
            valid_from: string;
        };
        /** @description The notice of one year. */
        Notice: {
            days: components["schemas"]["NamedDay"][];
            /**
             * @description The days of the year that were entered before, as they were shown: those of them that are
             *     not among `days` go. Without being named here none goes.
             */
            replaces?: components["schemas"]["NamedDay"][];
            /** Format: int32 */
            year: number;
        };
        /** @description A file that shows what is wrong. */
        ObjectionFile: {
            /** @description Base64: a PDF, PNG or JPEG of at most 10 MB. */
            content: string;
            name: string;
        };
        /** @description An objection that waits for an answer, or one that was accepted and is not put right yet. */
        ObjectionItem: {
            amount?: components["schemas"]["Money"] | null;
            at: string;
            /**
             * Format: int64
             * @description The file that came with it, by its number among the words.
             */
            attachment?: number | null;
            case_id?: string | null;
            customer?: string | null;
            /**
             * Format: int64
             * @description Whole days since then.
             */
            days: number;
            department: string;
            /** @description Until when it is to be answered. */
            due_at?: string | null;
            key: string;
            /** @description Whether the caller may answer it: not his own. */
            may_answer: boolean;
            month: string;
            overdue: boolean;
            payee?: components["schemas"]["PersonName"] | null;
            reason: string;
            /** @description Number of the receipt, invoice, order or contract behind the line. */
            record?: string | null;
            /** @description The same in English. */
            waits_en: string;
            /** @description Whom it waits for: a person or an office; empty where nobody is asked. */
            waits_zh: string;
            wanted?: components["schemas"]["Money"] | null;
        };
        /** @description Objections within the caller's reach. */
        ObjectionList: {
            /** @description Those that wait for an answer, oldest first. */
            items: components["schemas"]["ObjectionItem"][];
            /** @description How many of the first are over their time. */
            overdue: number;
            /**
             * @description Accepted wholly or in part while the line still comes to what it was, closed months among
             *     them: the books are to be put right and the open month to be calculated again.
             */
            to_correct: components["schemas"]["ObjectionItem"][];
        };
        /** @description An answer to an objection. */
        ObjectionReply: {
            granted?: components["schemas"]["Money"] | null;
            /** @description `2026-11` */
            month: string;
            reason: string;
            verdict: components["schemas"]["ObjectionVerdict"];
        };
        /**
         * @description What is said of an objection.
         * @enum {string}
         */
        ObjectionVerdict: "accept" | "partly" | "refuse";
        /** @description What a version says; which version it is and from when on stands beside it. */
        Offer: {
            cap?: components["schemas"]["Money"] | null;
            /** @description What it pays, each by itself. */
            components: components["schemas"]["OfferComponent"][];
            draw?: components["schemas"]["OfferDraw"] | null;
            holdback?: components["schemas"]["OfferHoldback"] | null;
            /** @description When a line that is earned falls due. */
            payable: components["schemas"]["OfferPayable"];
            /** @description What it waits for: `signing`, `delivery`, `invoice`, `cash`. */
            trigger: string;
        };
        OfferBand: {
            /** @description Reached when the running amount is this much, or more; the first is 0. */
            from: components["schemas"]["Money"];
            /**
             * Format: int64
             * @description In basis points: 100 are one per cent.
             */
            rate: number;
            /** @description `excess`: only what lies above; `whole`: everything from the first fen. */
            reach: string;
        };
        /** @description One way in which a version pays, as it travels. */
        OfferComponent: {
            /** @description `gross`, `margin` */
            base: string;
            /** @description For which deals. */
            condition: components["schemas"]["OfferCondition"];
            /** @description The row of a decision table that says so, when one does. */
            decided_by?: unknown;
            method: components["schemas"]["OfferMethod"];
            /** @description Stable through the versions: running credit is kept under this name. */
            name: string;
        };
        OfferCondition: {
            /** @description `any`, `new`, `old` */
            customers: string;
            industries?: string[] | null;
            products?: string[] | null;
        };
        /** @description What a plan promises at least, as it travels. */
        OfferDraw: {
            /** @description Above 0, at most the cap. */
            amount: components["schemas"]["Money"];
            /** @description Whether it is taken from later earnings above it. */
            recoverable: boolean;
        };
        /** @description What is kept back for a time, as it travels. */
        OfferHoldback: {
            /** @description Why; people read this on their statement. */
            reason: string;
            release: components["schemas"]["OfferRelease"];
            /**
             * Format: int64
             * @description In basis points of each line.
             */
            share: number;
        };
        OfferMethod: {
            /** @description Bands over the running credit; one band is a flat rate. */
            ladder: components["schemas"]["OfferBand"][];
        } | {
            /** @description Bands in per cent of a quota. */
            quota: components["schemas"]["OfferQuota"];
        } | {
            /** @description Whole-amount sections that may leave gaps. */
            sections: components["schemas"]["OfferSection"][];
        } | {
            /** @description This much for a whole contract. */
            fixed: components["schemas"]["Money"];
        } | {
            /** @description The rate a decision table says for each deal; its id. */
            by_table: string;
        };
        OfferPayable: "at_once" | {
            /**
             * Format: int32
             * @description This many days after it was earned.
             */
            after_days: number;
        } | {
            /**
             * Format: int32
             * @description This day of the month after it was earned.
             */
            next_month_on: number;
        };
        OfferQuota: {
            quota: components["schemas"]["Money"];
            steps: components["schemas"]["OfferQuotaStep"][];
        };
        OfferQuotaStep: {
            /**
             * Format: int64
             * @description In basis points of the quota; the first is 0, and they may lie above 10,000.
             */
            attained: number;
            /**
             * Format: int64
             * @description In basis points.
             */
            rate: number;
            /** @description `excess`, `whole` */
            reach: string;
        };
        OfferRelease: {
            /**
             * Format: int32
             * @description This many days after the line was earned.
             */
            after_days: number;
        } | "contract_end";
        OfferSection: {
            from: components["schemas"]["Money"];
            /**
             * Format: int64
             * @description In basis points of the whole amount.
             */
            rate: number;
            to: components["schemas"]["Money"];
        };
        /** @description A kind of document for one departure. */
        OfferView: {
            en: string;
            /** @description What was filled in the last time. */
            filled: Record<string, never>;
            /** @description What is filled in by hand; empty where the books hold everything. */
            form: components["schemas"]["FormField"][];
            in_the_way?: components["schemas"]["InTheWay"] | null;
            /**
             * Format: int64
             * @description How many were issued.
             */
            issued: number;
            kind: string;
            /** @description The number the next one will bear. */
            number: string;
            zh: string;
        };
        /** @description A place to sign as it is proposed. */
        OfferedSeat: {
            en: string;
            /** @description `L0`, `L1`, `L2` */
            level: string;
            level_en: string;
            level_zh: string;
            person?: components["schemas"]["PersonName"] | null;
            /** @description `employee`, `receiver`, `manager`, `witness`, `company` */
            role: string;
            /** Format: int32 */
            turn: number;
            zh: string;
        };
        /** @description Somebody by the opaque id under which he acts. */
        Officer: {
            id: string;
            name: string;
        };
        /** @description A code. */
        OneTimeCode: {
            /** @description Six digits. */
            code: string;
        };
        /** @description A login that was opened. */
        OpenedLogin: components["schemas"]["Written"] & {
            /**
             * @description Whether its roles are those of an employee, and no employee has its number yet: it sees
             *     nothing of its own until one is entered under that number.
             */
            no_employee: boolean;
        };
        /** @description An opportunity. */
        OpportunityItem: {
            amount?: components["schemas"]["Money"] | null;
            /** Format: date */
            closed_on?: string | null;
            id: string;
            number: string;
            /** Format: date */
            opened_on?: string | null;
            owner?: components["schemas"]["PersonName"] | null;
            product: string;
            stage: string;
            stage_zh: string;
            title: string;
        };
        /** @description A line of the list. */
        OpportunityRow: {
            amount?: components["schemas"]["Money"] | null;
            /** Format: date */
            closed_on?: string | null;
            customer?: string | null;
            /** @description `null` where the file it came from named none. */
            customer_id?: string | null;
            id: string;
            number: string;
            /** Format: date */
            opened_on?: string | null;
            owner?: components["schemas"]["PersonName"] | null;
            stage: string;
            stage_zh: string;
            title: string;
        };
        /** @description An order in a list. */
        OrderItem: {
            amount: components["schemas"]["Money"];
            contract_id?: string | null;
            id: string;
            number: string;
            /** Format: date */
            ordered_on: string;
            owner?: components["schemas"]["PersonName"] | null;
            /** Format: date */
            shipped_on?: string | null;
            state: string;
        };
        /** @description One step of a definition, as people read it. */
        OutlineLine: {
            /**
             * Format: int32
             * @description How deep it stands in the tree, 0 for the root.
             */
            depth: number;
            kind_en: string;
            kind_zh: string;
            node: string;
            title: string;
            title_en: string;
            /** @description The same in English. */
            who_en: string[];
            /** @description Who is asked: `人事`, `直属上级`. */
            who_zh: string[];
        };
        /** @description A month that waits for the caller's own answer. */
        OwnConfirmation: {
            /** Format: date */
            confirm_by: string;
            /**
             * Format: int64
             * @description Days left, the last one among them; 0 on the last day, below zero after it.
             */
            days_left: number;
            month: string;
            /** @description Whether he was reminded. */
            reminded: boolean;
            /**
             * Format: int64
             * @description Lines that wait.
             */
            waiting: number;
        };
        /** @description The same of one owner. */
        OwnerView: {
            /**
             * Format: int64
             * @description Records in the books, whoever owns them today; in batches of old by whom owns them today.
             */
            booked: number;
            /** @description Their amounts, plain yuan. */
            booked_amount?: string | null;
            /**
             * Format: int64
             * @description Those of them that are not this owner's today.
             */
            moved: number;
            /** @description Their amounts, plain yuan. */
            moved_amount?: string | null;
            /** @description The owner's name in the books. */
            name: string;
            /** @description The owner's key in the files; empty without owner. */
            owner: string;
            /**
             * Format: int64
             * @description Records read.
             */
            staged: number;
            /** @description Their amounts, plain yuan. */
            staged_amount?: string | null;
        };
        /** @description One page of a list. */
        Page_AlertItem: {
            /** @description The rows. */
            items: {
                /** @description The departure that was under way, if the person was leaving. */
                departure_id?: string | null;
                en: string;
                /** Format: date-time */
                first_at: string;
                id: string;
                /** @description `handover_denied`, `many_denied`, … */
                kind: components["schemas"]["Named"];
                /** Format: date-time */
                last_at: string;
                /** @description `low`, `high`, `critical` */
                severity: components["schemas"]["Named"];
                /** @description `open`, `taken`, `resolved` */
                state: components["schemas"]["Named"];
                taken_by?: components["schemas"]["Officer"] | null;
                /**
                 * Format: int64
                 * @description Signals counted into it.
                 */
                times: number;
                /** @description What happened, in a sentence; employees are named, customers never. */
                zh: string;
            }[];
            /** @description Give it back as `cursor` for the next page; `null` at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_BoardItem: {
            /** @description The rows. */
            items: {
                clocks: components["schemas"]["ClocksView"];
                closed_at?: string | null;
                /**
                 * Format: int64
                 * @description Customers that are still the leaver's.
                 */
                customers_left: number;
                department: string;
                employee: components["schemas"]["PersonName"];
                /** Format: date */
                filed_on: string;
                id: string;
                kind_en: string;
                kind_zh: string;
                number: string;
                opened_at: string;
                stage: components["schemas"]["StageView"];
            }[];
            /** @description Give it back as `cursor` for the next page; `null` at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_CustomerItem: {
            /** @description The rows. */
            items: {
                id: string;
                industry: string;
                /** Format: date */
                last_follow_up_on?: string | null;
                name: string;
                number: string;
                /** @description What it owes today. */
                open: components["schemas"]["Money"];
                /**
                 * Format: int64
                 * @description Days overdue of the oldest open invoice.
                 */
                overdue_days: number;
                /** Format: date */
                owned_since: string;
                owner?: components["schemas"]["PersonName"] | null;
                region: string;
                /** @description `active`, `merged` */
                state: string;
                tier: string;
            }[];
            /** @description Give it back as `cursor` for the next page; `null` at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_DocumentItem: {
            /** @description The rows. */
            items: {
                /** @description Why it was issued once more; empty for the first. */
                because: string;
                /** @description 校验码 */
                code: string;
                /** @description SHA-256 of the file, hex. */
                digest: string;
                employee?: components["schemas"]["PersonName"] | null;
                en: string;
                id: string;
                issued_at: string;
                issued_by?: components["schemas"]["PersonName"] | null;
                /** @description `leaving_certificate`, … */
                kind: string;
                number: string;
                /** Format: int64 */
                pages: number;
                /** @description The customer or the receiver it names, where it is about one of a plan. */
                part?: string | null;
                signing?: components["schemas"]["SigningBrief"] | null;
                /**
                 * Format: int64
                 * @description Bytes.
                 */
                size: number;
                /** @description What it is about, `departure/dep_…`. */
                subject: string;
                /** @description Version of the template, hex. */
                template: string;
                /** @description What the kind is called. */
                zh: string;
            }[];
            /** @description Give it back as `cursor` for the next page; `null` at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_EmployeeItem: {
            /** @description The rows. */
            items: {
                department: string;
                department_id: string;
                id: string;
                line_manager?: components["schemas"]["PersonName"] | null;
                name: string;
                /** @description 工号 */
                number: string;
                /** @description Masked. */
                phone?: string | null;
                post: string;
                sells: boolean;
                /** @description `active`, `notice`, `left`, `withdrawn` */
                state: string;
            }[];
            /** @description Give it back as `cursor` for the next page; `null` at the end. */
            next_cursor?: string | null;
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
                /** @description Whether what it says was erased by law. */
                erased: boolean;
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
        Page_FollowUpItem: {
            /** @description The rows. */
            items: {
                /** Format: date-time */
                at: string;
                author: components["schemas"]["PersonName"];
                /** @description The customer it was written for; another one where that was merged into this. */
                customer_id: string;
                duty?: components["schemas"]["PersonName"] | null;
                id: string;
                kind: string;
                kind_zh: string;
                /** Format: date */
                next_on?: string | null;
                opportunity_id?: string | null;
                text: string;
            }[];
            /** @description Give it back as `cursor` for the next page; `null` at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_ImportItem: {
            /** @description The rows. */
            items: {
                /** @description When it came into the books. */
                committed_at?: string | null;
                /**
                 * Format: int64
                 * @description How many were new to the books; none before it was written.
                 */
                created?: number | null;
                /** @description Names of its files. */
                files: string[];
                /** @description Its id. */
                id: string;
                /**
                 * Format: int64
                 * @description How many records stay outside: a row may be used for one and not for another.
                 */
                left_out: number;
                /**
                 * Format: int64
                 * @description How many records were read.
                 */
                records: number;
                /**
                 * Format: int64
                 * @description How many rows were refused.
                 */
                refused: number;
                /** @description When. */
                staged_at: string;
                /** @description Who staged it. */
                staged_by: string;
                /** @description How far it is. */
                state: components["schemas"]["BatchState"];
                /** @description The same in Chinese. */
                state_zh: string;
                /** @description First part of every natural key. */
                system: string;
                /** @description The mapping's name. */
                title: string;
                /** @description The same in English, where the house named it. */
                title_en: string;
                /**
                 * Format: int64
                 * @description How many the books held as they were.
                 */
                unchanged?: number | null;
                /** @description When it was taken back. */
                undone_at?: string | null;
                /**
                 * Format: int64
                 * @description How many changed what the books held.
                 */
                updated?: number | null;
            }[];
            /** @description Give it back as `cursor` for the next page; `null` at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_InvoiceItem: {
            /** @description The rows. */
            items: {
                amount: components["schemas"]["Money"];
                customer: string;
                customer_id: string;
                disputed: boolean;
                /** Format: date */
                due_on: string;
                id: string;
                /** Format: date */
                issued_on: string;
                number: string;
                /** @description What was open at the end of the day. */
                open: components["schemas"]["Money"];
                /**
                 * Format: int64
                 * @description 0 when nothing is open or nothing overdue.
                 */
                overdue_days: number;
                responsible?: components["schemas"]["PersonName"] | null;
            }[];
            /** @description Give it back as `cursor` for the next page; `null` at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_ItemView: {
            /** @description The rows. */
            items: {
                alternatives: components["schemas"]["SuggestedView"][];
                amount: components["schemas"]["Money"];
                customer_id?: string | null;
                /** @description What follows it. */
                follows: components["schemas"]["HangView"][];
                holder?: components["schemas"]["PersonName"] | null;
                /**
                 * @description `by_hand`, `with_customer`, `apart`, `with_contract`, `by_rule`, `by_suggestion`,
                 *     `by_reversal`
                 */
                how?: string | null;
                industry?: string | null;
                kind: string;
                label: string;
                /** @description The same in English where the program named it. */
                label_en: string;
                /** @description Whether it must find a new holder; the others may lapse. */
                must_move: boolean;
                /** @description After execution: `moved`, `gone`, `lapsed`. */
                outcome?: string | null;
                overdue: components["schemas"]["Money"];
                region?: string | null;
                successor?: components["schemas"]["PersonName"] | null;
                suggestion?: components["schemas"]["SuggestedView"] | null;
                thing_id: string;
            }[];
            /** @description Give it back as `cursor` for the next page; `null` at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_JobItem: {
            /** @description The rows. */
            items: {
                /** Format: int64 */
                attempts: number;
                /** Format: date-time */
                done_at?: string | null;
                id: string;
                kind: string;
                kind_en: string;
                kind_zh: string;
                /** @description Why it failed last: codes and faults, without business data. */
                last_error?: string | null;
                /** @description The server that has it. */
                locked_by?: string | null;
                may_give_up: boolean;
                may_retry: boolean;
                /** Format: int64 */
                most_attempts: number;
                /**
                 * Format: date-time
                 * @description Not before this moment; for a failed job, when it failed last.
                 */
                run_at: string;
                /** @description `waiting`, `due`, `running`, `retrying`, `failed`, `done`, `dropped` */
                state: string;
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
        /** @description One page of a list. */
        Page_OpportunityRow: {
            /** @description The rows. */
            items: {
                amount?: components["schemas"]["Money"] | null;
                /** Format: date */
                closed_on?: string | null;
                customer?: string | null;
                /** @description `null` where the file it came from named none. */
                customer_id?: string | null;
                id: string;
                number: string;
                /** Format: date */
                opened_on?: string | null;
                owner?: components["schemas"]["PersonName"] | null;
                stage: string;
                stage_zh: string;
                title: string;
            }[];
            /** @description Give it back as `cursor` for the next page; `null` at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_PlanItem: {
            /** @description The rows. */
            items: {
                created_at: string;
                /**
                 * Format: int64
                 * @description Of the whole plan or, for whoever only receives of it, of his share.
                 */
                customers: number;
                departure_id?: string | null;
                /** Format: date */
                effective_on: string;
                executed_at?: string | null;
                from: components["schemas"]["PersonName"];
                id: string;
                /** @description Receivers who have begun to leave; empty unless such plans were asked for. */
                leaving: components["schemas"]["PersonName"][];
                number: string;
                /** @description The plan after which these things arrived. */
                remainder_of_id?: string | null;
                /** @description The plan this one undoes. */
                reverses_id?: string | null;
                state: components["schemas"]["PlanState"];
                /**
                 * Format: int64
                 * @description Lines without successor; none of them is in anybody's share.
                 */
                unassigned: number;
                /** Format: int32 */
                version: number;
            }[];
            /** @description Give it back as `cursor` for the next page; `null` at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_RowView: {
            /** @description The rows. */
            items: {
                /** @description `staged`, `created`, `updated`, `matched`, `same` or `refused`. */
                action: string;
                /** @description Fields and extra columns, contact details masked. */
                body: components["schemas"]["Value"];
                /** @description Its key in its system. */
                key: string;
                /** @description `customer`, … */
                kind: string;
                /** @description The same in English. */
                kind_en: string;
                /** @description The same in Chinese. */
                kind_zh: string;
                /**
                 * Format: int64
                 * @description Its place in the batch.
                 */
                n: number;
                /** @description What was said about it. */
                note?: string | null;
                /** @description What it is in the books. */
                record_id?: string | null;
                /** @description File, sheet and row. */
                source: components["schemas"]["Value"];
            }[];
            /** @description Give it back as `cursor` for the next page; `null` at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_SigningItem: {
            /** @description The rows. */
            items: {
                /** @description Whether it is the company's turn, which HR has to see to. */
                company: boolean;
                deadline: string;
                employee?: components["schemas"]["PersonName"] | null;
                en: string;
                id: string;
                next: string[];
                number: string;
                requested_at: string;
                seats: number;
                signed: number;
                /** @description `open`, `complete`, `refused`, `expired`, `withdrawn` */
                standing: string;
                standing_en: string;
                standing_zh: string;
                /** @description Whether the deadline is so near that people were reminded. */
                urgent: boolean;
                /** @description What the document is called. */
                zh: string;
            }[];
            /** @description Give it back as `cursor` for the next page; `null` at the end. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page_TaskItem: {
            /** @description The rows. */
            items: {
                buttons: components["schemas"]["ButtonView"][];
                /** @description The same in English. */
                came_en?: string | null;
                /** @description How it came here, when somebody else let the time pass. */
                came_zh?: string | null;
                case_id: string;
                case_title: string;
                case_title_en: string;
                /** @description `approve`, `reject`, `complete`, … */
                decision?: string | null;
                /** Format: date-time */
                done_at?: string | null;
                /** Format: date-time */
                due_at?: string | null;
                holder: components["schemas"]["HolderView"];
                /**
                 * Format: int64
                 * @description Number of the item within its case.
                 */
                item: number;
                /** @description `approve`, `task`, `cc`, `fix` */
                kind: string;
                /** @description Id of the step in its flow. */
                node: string;
                /** Format: date-time */
                opened_at: string;
                overdue: boolean;
                /** @description Whether the caller has it as a stand-in. */
                stand_in: boolean;
                /** @description `open`, `done` */
                state: string;
                /** @description `departure/dep_…` */
                subject: string;
                /** @description Title of the step. */
                title: string;
                title_en: string;
            }[];
            /** @description Give it back as `cursor` for the next page; `null` at the end. */
            next_cursor?: string | null;
        };
        /** @description A signature on paper. */
        PaperSignature: {
            /** @description Where the original lies. */
            kept_at: string;
            /** @description The scan, base64: a PDF, PNG or JPEG of at most 10 MB. */
            scan: string;
            /** @description Whose place to sign, from 0. */
            seat: number;
        };
        /** @description The old password and the new one. */
        PasswordChange: {
            /** @description The password in force. */
            current: string;
            /** @description The one wanted. */
            next: string;
        };
        /** @description A payee of a month. */
        PayeeAnswer: {
            department: string;
            /** @description He has left and cannot log in: he is to be asked in writing. */
            left: boolean;
            /** Format: int64 */
            lines: number;
            /**
             * Format: int64
             * @description Lines he objected to, answered or not.
             */
            objected: number;
            payee: components["schemas"]["PersonName"];
            /** @description When he last said something. */
            said_at?: string | null;
            /** @description When he last signed the whole of it off. */
            signed_at?: string | null;
            /** @description `confirmed`, `objected`, `waiting`, `overdue` */
            state: string;
            /**
             * Format: int64
             * @description Lines of which he said nothing, or of which he said it at another amount.
             */
            waiting: number;
        };
        /** @description One record. */
        PaymentItem: {
            id: string;
            /** Format: int64 */
            lines: number;
            /** Format: date */
            paid_on: string;
            payee?: components["schemas"]["PersonName"] | null;
            /** Format: int64 */
            people: number;
            reason: string;
            recorded_at: string;
            recorded_by?: components["schemas"]["PersonName"] | null;
            reference: string;
            total: components["schemas"]["Money"];
            /** @description The record that it undoes. */
            undoes?: string | null;
            /** @description Whether it was undone. */
            undone: boolean;
        };
        /** @description Why a payment is taken back. */
        PaymentUndone: {
            reason: string;
        };
        /** @description An export to payroll. */
        PayoutView: {
            /** @description SHA-256 of the plain lines, hex. */
            csv_digest: string;
            exported_at: string;
            exported_by?: components["schemas"]["PersonName"] | null;
            /** Format: int64 */
            lines: number;
            /** Format: int64 */
            people: number;
            total: components["schemas"]["Money"];
            /** @description SHA-256 of the workbook, hex. */
            xlsx_digest: string;
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
        /** @description What one person is owed. */
        PersonDue: {
            /**
             * Format: date
             * @description The day on which the first of it fell or falls due.
             */
            due_on?: string | null;
            lines: number;
            /** @description What can be paid today; below zero for what will be set off. */
            payable: components["schemas"]["Money"];
            payee: components["schemas"]["PersonName"];
            /** @description Kept back until a later day. */
            withheld: components["schemas"]["Money"];
        };
        /** @description A person in one line of something else. */
        PersonName: {
            id: string;
            name: string;
            /** @description 工号 */
            number: string;
        };
        /** @description Who gets a plan. */
        PlanAssignee: {
            /** @description Id of a person, a post or a department. */
            assignee_id: string;
            /** Format: date */
            effective_on: string;
            /** @description Whether he has it no more from that day on. */
            ends?: boolean;
            quota?: components["schemas"]["Money"] | null;
        };
        /** @description One change. */
        PlanChange: {
            /** @enum {string} */
            change: "assign";
            /** @description Which lines. */
            lines: components["schemas"]["Line"][];
            /** @description To whom. */
            successor_id: string;
        } | {
            /** @enum {string} */
            change: "assign_customers";
            /** @description Which customers. */
            customer_ids: string[];
            /** @description To whom. */
            successor_id: string;
        } | {
            /** @enum {string} */
            change: "assign_contracts";
            /** @description Which contracts of the giver. */
            contract_ids: string[];
            /** @description To whom. */
            successor_id: string;
        } | {
            /** @enum {string} */
            change: "rejoin_contracts";
            /** @description Which contracts. */
            contract_ids: string[];
        } | {
            /** @enum {string} */
            change: "assign_by_rule";
            /** @description Industries. */
            industries?: string[];
            /** @description Kinds. */
            kinds?: string[];
            /** @description Whether lines that have a successor keep it. */
            only_unassigned?: boolean;
            /** @description Regions. */
            regions?: string[];
            /** @description To whom. */
            successor_id: string;
        } | {
            /** @enum {string} */
            change: "accept_suggestions";
        } | {
            /** @enum {string} */
            change: "clear";
            /** @description Which lines. */
            lines: components["schemas"]["Line"][];
        } | {
            /** @enum {string} */
            change: "clear_successor";
            /** @description Whose share. */
            successor_id: string;
        } | {
            /** @enum {string} */
            change: "move_effective";
            /**
             * Format: date
             * @description Today or later.
             */
            effective_on: string;
        } | {
            /** @enum {string} */
            change: "set_terms";
            /** @description Which customers; empty for all of the plan. */
            customer_ids?: string[];
            pool?: components["schemas"]["TeamPool"] | null;
            /** @description What he still earns. */
            terms: components["schemas"]["HandoverTerms"];
        };
        /** @description A running contract of the giver and where it goes. */
        PlanContract: {
            amount: components["schemas"]["Money"];
            /** @description It has a line of its own; else it goes with its customer. */
            apart: boolean;
            contract_id: string;
            customer: string;
            customer_id?: string | null;
            /** @description How many of these invoices. */
            invoices: number;
            number: string;
            /** @description Open on its invoices in the giver's hands. */
            open: components["schemas"]["Money"];
            /** @description How many open orders. */
            orders: number;
            /** @description It was handed over by itself before, so that it goes with no customer. */
            standing: boolean;
            successor?: components["schemas"]["PersonName"] | null;
            title: string;
        };
        /** @description What the deal comes to. */
        PlanExample: {
            draw?: components["schemas"]["ExampleDraw"] | null;
            lines: components["schemas"]["ExampleLine"][];
            total: components["schemas"]["Money"];
            zeros: components["schemas"]["ExampleZero"][];
        };
        /** @description What each would earn, and what people agreed upon. */
        PlanForecast: {
            /** @description What was on the screens of those who agreed. */
            agreed: components["schemas"]["AgreedForecast"][];
            /** @description SHA-256 of the figures; whoever agrees hands it back. */
            digest?: string | null;
            figures?: components["schemas"]["ForecastFigures"] | null;
        };
        /** @description A plan in a list. */
        PlanItem: {
            created_at: string;
            /**
             * Format: int64
             * @description Of the whole plan or, for whoever only receives of it, of his share.
             */
            customers: number;
            departure_id?: string | null;
            /** Format: date */
            effective_on: string;
            executed_at?: string | null;
            from: components["schemas"]["PersonName"];
            id: string;
            /** @description Receivers who have begun to leave; empty unless such plans were asked for. */
            leaving: components["schemas"]["PersonName"][];
            number: string;
            /** @description The plan after which these things arrived. */
            remainder_of_id?: string | null;
            /** @description The plan this one undoes. */
            reverses_id?: string | null;
            state: components["schemas"]["PlanState"];
            /**
             * Format: int64
             * @description Lines without successor; none of them is in anybody's share.
             */
            unassigned: number;
            /** Format: int32 */
            version: number;
        };
        /** @description Another plan that has to do with one. */
        PlanLink: {
            id: string;
            number: string;
            state: components["schemas"]["PlanState"];
        };
        /** @description A kind of document about a plan. */
        PlanOffer: {
            /** @description `customer`, `receiver`, `plan` */
            about: string;
            en: string;
            /** @description What was filled in the last time. */
            filled: Record<string, never>;
            /** @description What is filled in by hand. */
            form: components["schemas"]["FormField"][];
            in_the_way?: components["schemas"]["InTheWay"] | null;
            /** @description The newest about the whole plan. */
            issued?: string | null;
            kind: string;
            zh: string;
        };
        /** @description Which documents can be issued about a plan. */
        PlanOffers: {
            /** @description Its customers that go to somebody, by name. */
            customers: components["schemas"]["PlanPart"][];
            offers: components["schemas"]["PlanOffer"][];
            /** @description Whoever gets something. */
            receivers: components["schemas"]["PlanPart"][];
        };
        /** @description Something of a plan that documents are issued about. */
        PlanPart: {
            /** @description Id of the customer or the receiver. */
            id: string;
            /** @description Ids of the newest document of each kind. */
            issued: {
                [key: string]: string;
            };
            name: string;
            /** @description Who receives the customer; empty for a receiver. */
            receiver: string;
        };
        /** @description What moves, in counts and money. */
        PlanPreview: {
            /**
             * Format: int32
             * @description Lines that were with their successor before the execution; counted nowhere else.
             */
            already: number;
            shares: components["schemas"]["ShareView"][];
            total: components["schemas"]["MovesView"];
            unassigned: components["schemas"]["MovesView"];
        };
        /** @description A plan of the departure. */
        PlanRef: {
            /** Format: date */
            effective_on: string;
            id: string;
            number: string;
            /** @description Whether it gives back what another plan moved. */
            reverses: boolean;
            state: components["schemas"]["PlanState"];
        };
        /**
         * @description Where a plan stands 方案状态.
         * @enum {string}
         */
        PlanState: "draft" | "submitted" | "approved" | "executed" | "cancelled";
        /** @description A plan with preview, conflicts and answers. */
        PlanView: {
            acceptances: components["schemas"]["AcceptanceView"][];
            approved_at?: string | null;
            approved_by?: components["schemas"]["PersonName"] | null;
            conflicts: components["schemas"]["ConflictView"][];
            created_at: string;
            departure_id?: string | null;
            drawn_by?: components["schemas"]["PersonName"] | null;
            /** Format: date */
            effective_on: string;
            executed_at?: string | null;
            from?: components["schemas"]["PersonName"] | null;
            id: string;
            /**
             * @description What the caller may do now: `edit`, `submit`, `withdraw`, `answer`, `approve`, `execute`,
             *     `cancel`, `remainder`, `reverse`.
             */
            may: string[];
            number: string;
            /** @description What moves now or, of an executed plan, what moved. */
            preview: components["schemas"]["PlanPreview"];
            remainder_of_id?: string | null;
            /** @description The plan this one undoes. */
            reverses_id?: string | null;
            /** @description Its number. */
            reverses_number?: string | null;
            state: components["schemas"]["PlanState"];
            /** @description What the giver still earns of the customers, those for all first. */
            terms: components["schemas"]["AgreedView"][];
            /** @description The plans that undo this one, executed or under way, as far as the caller may read them. */
            undone_by: components["schemas"]["PlanLink"][];
            /** Format: int32 */
            version: number;
            /** @description Whether the caller sees the whole plan or his own share only. */
            whole: boolean;
        };
        /** @description Words of the books that a plan may name. */
        PlanWords: {
            /** @description Industries of customers, the most frequent first; no more than 200. */
            industries: string[];
            /** @description Overlays that plans pay. */
            overlays: string[];
            /** @description Products of contracts, the most frequent first; no more than 200. */
            products: string[];
        };
        /** @description What a post is called. */
        PostChange: {
            name: string;
            /** @description The `version` that was shown. */
            seen?: string | null;
        };
        PostItem: {
            id: string;
            name: string;
            /** @description Another one as soon as it is called otherwise. */
            version: string;
        };
        /** @description One document. */
        PreviewDocument: {
            en: string;
            id: string;
            number: string;
            /** @description Whether it speaks of other people and is left out unless it is chosen. */
            of_others: boolean;
            /**
             * Format: int64
             * @description Index of the record that names its digest.
             */
            record: number;
            /** @description Whether a file with signatures inside goes along beside it. */
            signed: boolean;
            /** Format: int64 */
            size: number;
            zh: string;
        };
        /** @description What files look like. */
        PreviewList: {
            items: components["schemas"]["FilePreview"][];
        };
        /** @description One record. */
        PreviewRecord: {
            /** Format: date-time */
            at: string;
            /** @description Whether the content must go along, because items of it do when customers are chosen. */
            carries_items: boolean;
            /** @description `shown`, `withheld` or `erased`: what becomes of its content unless it is chosen otherwise. */
            content: string;
            en?: string | null;
            /** Format: int64 */
            index: number;
            kind_en: string;
            kind_zh: string;
            /** @description How many subjects beside the case it speaks of. */
            others: number;
            /** @description Whether the caller may read it; what he may not is kept back. */
            readable: boolean;
            /** @description What it says; `null` once it was erased, and when the caller may not read it. */
            zh?: string | null;
        };
        /** @description What the offices see before filing. */
        PreviewView: {
            dates: components["schemas"]["DatesView"];
            duties: components["schemas"]["DutyView"][];
            kind: components["schemas"]["KindView"];
            /** @description What the process will ask of the offices. */
            tasks: components["schemas"]["StepAhead"][];
            /** @description Years whose holidays are not entered though days and tasks are reckoned in them. */
            unknown_years: number[];
        };
        /** @description What is known about a status that protects from dismissal (劳动合同法 art. 42). */
        Protected: {
            /**
             * Format: date
             * @description Last day of pregnancy, maternity and nursing.
             */
            maternity_until?: string | null;
            /**
             * Format: date
             * @description Last day of the medical period.
             */
            medical_until?: string | null;
            /** @description 职业病检查未做或在诊断期 */
            occupational_check_pending?: boolean;
            /** @description 法律、行政法规规定的其他情形 */
            other_by_law?: boolean;
            /**
             * Format: date
             * @description The statutory retirement day, where known.
             */
            retires_on?: string | null;
            /** @description 因工负伤并确认丧失或部分丧失劳动能力 */
            work_injury?: boolean;
        };
        /** @description On which deal the payee got what was accepted. */
        PutRightOn: {
            /** @description Number of the contract, or of the order or invoice that has none. */
            deal: string;
            /** @description `2026-11` */
            month: string;
            reason: string;
        };
        /** @description A table and the facts it is asked with. */
        Question: {
            /** @description Facts by key of input: money and rates as texts, days as ISO dates. */
            given: Record<string, never>;
            table: Record<string, never>;
        };
        /** @description Why somebody wants to see. */
        Reason: {
            reason: string;
        };
        /** @description A reason in both languages. */
        ReasonView: {
            code: string;
            en: string;
            zh: string;
        };
        /** @description Everything of one person goes to others. */
        ReassignBody: {
            /** @description Show what would happen; change nothing. */
            dry_run?: boolean;
            from: string;
            reason: string;
            /** @description Tasks not named go the way the flow provides. At most 2,000. */
            rows?: components["schemas"]["RowBody"][];
        };
        /** @description What moved, or would move. */
        ReassignView: {
            /**
             * Format: int64
             * @description Index of the entry in the evidence log; absent for a dry run.
             */
            entry?: number | null;
            moves: components["schemas"]["MoveView"][];
        };
        /** @description When it reached the other side. */
        Receipt: {
            /**
             * Format: date
             * @description The day a dismissal was served; today when absent.
             */
            on?: string | null;
        };
        /** @description A receipt in a list. */
        ReceiptItem: {
            amount: components["schemas"]["Money"];
            cleared: components["schemas"]["Money"];
            /** @description What is left over. */
            credit: components["schemas"]["Money"];
            id: string;
            number: string;
            /** Format: date */
            received_on: string;
            /** @description Paid back of what was left over. */
            refunded: components["schemas"]["Money"];
        };
        /** @description What an alert came to. */
        Resolution: {
            /** @description `confirmed`, `explained`, `mistaken` */
            conclusion: string;
            /** @description What was found out and done, 2 to 500 characters. */
            note: string;
        };
        /** @description One row of the history of who must chase the money. */
        ResponsibilityItem: {
            /** Format: date */
            effective_on: string;
            /** @description `issued`, `handed_over`, `appointed`, `corrected` */
            reason: string;
            reason_zh: string;
            /** Format: date-time */
            recorded_at: string;
            responsible: components["schemas"]["PersonName"];
        };
        /** @description A new employment of somebody who had left. */
        Return: {
            /** Format: date */
            contract_from?: string | null;
            /** Format: date */
            contract_until?: string | null;
            department_id: string;
            entity_id: string;
            /** Format: date */
            hired_on: string;
            line_manager_id?: string | null;
            post_id: string;
            /** Format: date */
            probation_until?: string | null;
        };
        /** @description Why somebody wants to see. */
        RevealReason: {
            reason: string;
        };
        /** @description Phone and e-mail in clear. */
        RevealedContact: {
            email?: string | null;
            /**
             * Format: int64
             * @description Index of the entry in the evidence log that keeps this look.
             */
            entry?: number | null;
            /** @description What was replaced, newest first. */
            former: components["schemas"]["FormerContact"][];
            phone?: string | null;
        };
        /** @description Papers and addresses in clear. */
        RevealedView: {
            citizen_id?: string | null;
            email?: string | null;
            /**
             * Format: int64
             * @description Index of the entry in the evidence log that keeps this look.
             */
            entry?: number | null;
            phone?: string | null;
        };
        /** @description A refund or a bad debt. */
        ReversalItem: {
            amount: components["schemas"]["Money"];
            id: string;
            /** @description `refund`, `bad_debt` */
            kind: components["schemas"]["ReversalKind"];
            number: string;
            /** Format: date */
            on: string;
            reason: string;
            /** @description Of a refund: number of the receipt that went back. */
            receipt?: string | null;
            /** Format: date-time */
            recorded_at: string;
            recorded_by?: components["schemas"]["PersonName"] | null;
            /**
             * @description The commission it took back, person by person, as calculated so far; only for whoever
             *     calculates.
             */
            took_back: components["schemas"]["TookBack"][];
        };
        /**
         * @description What became of the money.
         * @enum {string}
         */
        ReversalKind: "refund" | "bad_debt";
        /** @description What would be taken back. */
        ReversalPreview: {
            /** @description In which month it would be set off; absent where nothing is taken back. */
            month?: string | null;
            /** @description Whether commission of others is taken back too, of which he may read nothing. */
            others: boolean;
            /** @description From whom, as far as the caller may read their commission, by number. */
            people: components["schemas"]["WouldTake"][];
        };
        /** @description The roles a login shall have. */
        RoleChange: {
            roles: string[];
            /** @description The roles that were shown. */
            seen?: string[] | null;
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
        /** @description One task and its next holder: a person or a pool. */
        RowBody: {
            case_id: string;
            /** Format: int32 */
            item: number;
            to_person?: string | null;
            /** @description Key of a pool, when no person is named. */
            to_pool?: string | null;
        };
        /** @description What became of a row. */
        RowFate: {
            en: string;
            /** @description `chosen`, `passed_over`, `missed` */
            fate: string;
            /** @description Counted from 0. */
            row: number;
            zh: string;
        };
        /** @description A record of a batch. */
        RowView: {
            /** @description `staged`, `created`, `updated`, `matched`, `same` or `refused`. */
            action: string;
            /** @description Fields and extra columns, contact details masked. */
            body: components["schemas"]["Value"];
            /** @description Its key in its system. */
            key: string;
            /** @description `customer`, … */
            kind: string;
            /** @description The same in English. */
            kind_en: string;
            /** @description The same in Chinese. */
            kind_zh: string;
            /**
             * Format: int64
             * @description Its place in the batch.
             */
            n: number;
            /** @description What was said about it. */
            note?: string | null;
            /** @description What it is in the books. */
            record_id?: string | null;
            /** @description File, sheet and row. */
            source: components["schemas"]["Value"];
        };
        /** @description What a receiver says. */
        Said: {
            accept: boolean;
            /** @description Digest of the forecast that was on the screen; refused when it would be another one now. */
            forecast?: string | null;
            /** @description Needed when declining. */
            reason?: string;
            /**
             * Format: int32
             * @description The version that was seen.
             */
            version: number;
        };
        /** @description A word about a line. */
        SaidView: {
            /** @description The amount it was said of. */
            amount: components["schemas"]["Money"];
            at: string;
            attachment?: components["schemas"]["AttachmentView"] | null;
            by?: components["schemas"]["PersonName"] | null;
            reason: string;
            said: components["schemas"]["LineWord"];
            wanted?: components["schemas"]["Money"] | null;
        };
        /** @description The seal of a legal entity. */
        SealView: {
            entity: string;
            entity_id: string;
            /** @description SHA-256 of its certificate, hex; absent when it has no seal yet. */
            fingerprint?: string | null;
            valid_until?: string | null;
        };
        /** @description A collaborator's seat. */
        SeatChange: {
            employee_id: string;
            /** @description Open or close. */
            opens: boolean;
            reason: string;
            /**
             * Format: date
             * @description The first day without him; only when it opens.
             */
            until?: string | null;
        };
        /** @description A collaborator. */
        SeatItem: {
            employee: components["schemas"]["PersonName"];
            /**
             * Format: date
             * @description The first day without him.
             */
            until?: string | null;
        };
        /** @description One seat of a step. */
        SeatView: {
            acting_for?: components["schemas"]["PersonName"] | null;
            comment: string;
            /** @description The same in English where the program said it. */
            comment_en: string;
            decision?: string | null;
            decision_en?: string | null;
            decision_zh?: string | null;
            /** Format: date-time */
            done_at?: string | null;
            holder: components["schemas"]["HolderView"];
            seat_en: string;
            seat_zh: string;
            state: string;
            state_en: string;
            state_zh: string;
        };
        /** @description A place to sign as it is wanted. */
        SeatWish: {
            /** @description Nobody for the company. */
            employee_id?: string | null;
            /** @description `L0`, `L1`, `L2` */
            level: string;
            /** @description `employee`, `receiver`, `manager`, `witness`, `company` */
            role: string;
            /**
             * Format: int32
             * @description Smaller ones first, equal ones in any order.
             */
            turn: number;
        };
        /**
         * @description Where an added signer sits.
         * @enum {string}
         */
        SeatingBody: "before" | "after" | "parallel";
        /** @description The second log over the same entries, with SM3 and SM2. */
        SecondLog: {
            /** @description That head, a signed note. */
            checkpoint?: string | null;
            /** @description Its public key, for a policy. */
            key: string;
            /** @description Its name. */
            origin: string;
            /** Format: date-time */
            signed_at?: string | null;
            /**
             * Format: int64
             * @description Entries under its newest signed head; 0 before the first.
             */
            size: number;
        };
        /** @description The version that was seen. */
        Seen: {
            /** Format: int32 */
            version: number;
        };
        /** @description The statement that is signed off. */
        SeenStatement: {
            /** @description What stood on it, as the statement says. */
            digest: string;
            /** @description `2026-11` */
            month: string;
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
        /** @description What one successor gets. */
        ShareView: {
            load?: components["schemas"]["LoadView"] | null;
            moves: components["schemas"]["MovesView"];
            successor: components["schemas"]["PersonName"];
        };
        /** @description A mapping that is shipped. */
        Shipped: {
            /** @description What the files must look like. */
            asks: components["schemas"]["ImportAsked"][];
            /** @description By which it is asked for. */
            key: string;
            /** @description As people call it. */
            name: string;
            /** @description First part of every natural key. */
            system: string;
            /** @description The mapping, TOML. */
            text: string;
        };
        /** @description Shipped mappings, and tables that need none. */
        ShippedList: {
            items: components["schemas"]["Shipped"][];
            templates: components["schemas"]["ImportTemplate"][];
        };
        /** @description The verdict on one signature. */
        SignatureVerdict: {
            /** @description What was added after it: how many signatures and timestamps over the whole document. */
            added_later: number;
            /** @description The moment that stands in the signature: a claim of whoever signed. */
            at?: string | null;
            /** @description Whether it reaches to the end of the file. */
            covers_all: boolean;
            en: string;
            /** @description SHA-256 of the certificate, hex. */
            fingerprint: string;
            /** @description What was added after it and is not allowed, in Chinese. */
            forbidden: string[];
            /** @description The same in English. */
            forbidden_en: string[];
            /** @description Whom the certificate names. */
            holder: string;
            issuer: string;
            /** @description `signature`, or `document_timestamp`: an authority stamped the whole document. */
            kind: string;
            /** @description PAdES level: `B-B`, `B-T`, … */
            level: string;
            /** @description The reason that stands in the signature. */
            reason: string;
            /**
             * Format: date-time
             * @description What a believed timestamp authority says of the moment.
             */
            stamped_at?: string | null;
            /** @description Which authority. */
            stamped_by?: string | null;
            /** @description `valid`, `changed_after_signing`, … */
            state: string;
            zh: string;
        };
        /** @description A signature under a whole statement. */
        SignedOffView: {
            at: string;
            /** @description Whether the statement is still the one that was signed. */
            holds: boolean;
            /** Format: int64 */
            lines: number;
            total: components["schemas"]["Money"];
        };
        /** @description What a person has to sign with. */
        SigningAccount: {
            /** @description Whether the company has a certificate authority, without which there are no keys. */
            authority: boolean;
            /** @description SHA-256 of the Chinese wording, hex. */
            consent_digest: string;
            /** @description For reading only. */
            consent_en: string;
            /** @description The wording that is agreed to, Chinese. */
            consent_zh: string;
            consented_at?: string | null;
            /** @description `none`, `pending`, `active` */
            factor: string;
            factor_since?: string | null;
            key?: components["schemas"]["SigningKeyView"] | null;
        };
        /** @description The company's certificates. */
        SigningAuthorityView: {
            /** @description SHA-256 of the authority's certificate, hex; absent when there is none yet. */
            fingerprint?: string | null;
            made_at?: string | null;
            /** @description One line for each legal entity. */
            seals: components["schemas"]["SealView"][];
            valid_until?: string | null;
        };
        /** @description How the signing of a document stands, in a line. */
        SigningBrief: {
            en: string;
            id: string;
            /** @description Whether signatures are inside the document. */
            inside: boolean;
            /** @description Whose turn it is. */
            next: string[];
            /** @description How many there are to sign. */
            seats: number;
            /** @description How many have signed. */
            signed: number;
            /** @description `open`, `complete`, `refused`, `expired`, `withdrawn` */
            standing: string;
            zh: string;
        };
        /** @description A document somebody has to sign, in a list. */
        SigningItem: {
            /** @description Whether it is the company's turn, which HR has to see to. */
            company: boolean;
            deadline: string;
            employee?: components["schemas"]["PersonName"] | null;
            en: string;
            id: string;
            next: string[];
            number: string;
            requested_at: string;
            seats: number;
            signed: number;
            /** @description `open`, `complete`, `refused`, `expired`, `withdrawn` */
            standing: string;
            standing_en: string;
            standing_zh: string;
            /** @description Whether the deadline is so near that people were reminded. */
            urgent: boolean;
            /** @description What the document is called. */
            zh: string;
        };
        /** @description A signing key in use. */
        SigningKeyView: {
            /** @description SHA-256 of the certificate, hex. */
            fingerprint: string;
            made_at: string;
            valid_until: string;
            /** @description Whether HR has seen that it is the person's own; until then it signs nothing. */
            vouched: boolean;
        };
        /** @description What signing a document would be, by its kind. */
        SigningOffer: {
            /**
             * Format: date
             * @description The last day that is proposed.
             */
            deadline: string;
            seats: components["schemas"]["OfferedSeat"][];
        };
        /** @description Why something is refused, taken back or wanted. */
        SigningReason: {
            reason: string;
        };
        /** @description A refusal, for those who had asked. */
        SigningRefusal: {
            /** Format: date-time */
            at: string;
            by?: components["schemas"]["PersonName"] | null;
            employee?: components["schemas"]["PersonName"] | null;
            en: string;
            id: string;
            number: string;
            /** @description Why, in his own words. */
            reason: string;
            /** @description What the document is called. */
            zh: string;
        };
        /** @description A place to sign. */
        SigningSeat: {
            /** @description `L0`, `L1`, `L2` */
            level: string;
            level_en: string;
            level_zh: string;
            no: number;
            person?: components["schemas"]["PersonName"] | null;
            reminded_at?: string | null;
            /** @description `employee`, `receiver`, `manager`, `witness`, `company` */
            role: string;
            role_en: string;
            role_zh: string;
            /** @description `waiting`, `open`, `signed`, `refused`, `over` */
            state: string;
            /** Format: int32 */
            turn: number;
        };
        /** @description A step that was taken. */
        SigningStep: {
            at: string;
            /** @description What the next step is bound to, hex. */
            binding: string;
            by?: components["schemas"]["PersonName"] | null;
            /** @description SHA-256 of what lay before the signer, hex. */
            digest: string;
            /** @description Where the paper lies. */
            kept_at: string;
            /** @description `L0`, `L1`, `L2`, `paper`; empty for other steps. */
            level: string;
            level_en: string;
            level_zh: string;
            no: number;
            /** @description Why somebody refused or withdrew. */
            reason: string;
            /** @description Whether a scan can be looked at. */
            scan: boolean;
            seat?: number | null;
            /** @description The signature as drawn: lines of points from 0 to 10,000. */
            strokes: number[][][];
            /** @description The name as typed where nothing was drawn. */
            typed: string;
            /** @description `signed`, `refused`, `withdrawn` */
            what: string;
        };
        /**
         * @description The verdict on a document, with the company's authority and the configured timestamp
         *     authorities as the only ones believed.
         */
        SigningVerdict: {
            checked_at: string;
            signatures: components["schemas"]["SignatureVerdict"][];
            /** @description Whether there are signatures and every one of them stands. */
            valid: boolean;
        };
        /** @description A document being signed. */
        SigningView: {
            deadline: string;
            /** @description SHA-256 of the document as it is now, hex: what whoever signs next signs. */
            digest: string;
            document_id: string;
            employee: components["schemas"]["PersonName"];
            en: string;
            id: string;
            /** @description Whether signatures are inside the document. */
            inside: boolean;
            /** @description Whether the caller may withdraw it and record paper. */
            may_run: boolean;
            /** @description Whether the caller can ask for the company's seal now. */
            may_seal: boolean;
            mine?: components["schemas"]["MySeat"] | null;
            number: string;
            /** @description SHA-256 of the document as it was printed, hex. */
            printed: string;
            requested_at: string;
            requested_by?: components["schemas"]["PersonName"] | null;
            /** @description The case in which the seal's use waits for its approval. */
            seal_case?: string | null;
            seats: components["schemas"]["SigningSeat"][];
            standing: string;
            standing_en: string;
            standing_zh: string;
            steps: components["schemas"]["SigningStep"][];
            /** @description `departure/dep_…` */
            subject: string;
            /** @description Signers' keys that the caller can vouch for. */
            to_vouch: components["schemas"]["KeyToVouch"][];
            zh: string;
        };
        /** @description What a superior was told of his people, as far as it is still so. */
        SilentPeople: {
            /** Format: date */
            confirm_by: string;
            month: string;
            /** @description Who has still not answered, by number; no more than five are named. */
            named: components["schemas"]["PersonName"][];
            /** @description How many they are. */
            people: number;
            told_at: string;
        };
        /** @description What became of the rows of one sheet: `rows` is the sum of the five others. */
        SourceView: {
            /**
             * Format: int64
             * @description Empty.
             */
            blank: number;
            /**
             * Format: int64
             * @description Only looked things up in.
             */
            consulted: number;
            /** @description The encoding of a text file. */
            encoding: string;
            /** @description The file. */
            file: string;
            /**
             * Format: int64
             * @description Fit no condition of the mapping.
             */
            filtered: number;
            /**
             * Format: int64
             * @description Stay outside.
             */
            refused: number;
            /**
             * Format: int64
             * @description Rows below the header.
             */
            rows: number;
            /** @description The worksheet; empty for CSV. */
            sheet: string;
            /**
             * Format: int64
             * @description Became a record, or repeated one.
             */
            used: number;
        };
        /** @description The stage with its name. */
        StageView: {
            en: string;
            /** @description `filed`, `acknowledged`, `handing_over`, `settling`, `closed`, `withdrawn` */
            key: string;
            zh: string;
        };
        /** @description One stamped checkpoint. */
        StampLine: {
            /**
             * Format: date-time
             * @description By the authority's clock.
             */
            at: string;
            authority: string;
            /** @description Whether somebody carried question and answer. */
            by_hand: boolean;
            serial: string;
            /**
             * Format: int64
             * @description Entries under it.
             */
            size: number;
        };
        /** @description A stand-in. */
        StandInItem: {
            absent: components["schemas"]["PersonName"];
            deputy: components["schemas"]["PersonName"];
            /** Format: date */
            from: string;
            id: string;
            reason: string;
            /**
             * Format: date
             * @description First day on which it is over.
             */
            until?: string | null;
        };
        /** @description How a witness stands. */
        Standing: {
            /** @description Whether what is wrong means that the log was rewritten or lost entries. */
            broken: boolean;
            /** @description His public key, for a verifier. */
            key: string;
            /** @description Whether that is too long ago, or never was. */
            late: boolean;
            /** @description What the policy calls him. */
            name: string;
            /**
             * Format: date-time
             * @description When he signed it, by his own clock.
             */
            signed_at?: string | null;
            /**
             * Format: int64
             * @description Entries under the newest checkpoint he has signed.
             */
            size?: number | null;
            trouble_en?: string | null;
            /** @description What is wrong, as this server heard it last; `null` when nothing is. */
            trouble_zh?: string | null;
            /** @description Where he is reached; `null` when the policy does not say, and nobody asks him. */
            url?: string | null;
        };
        /** @description A statement in a list. */
        StatementItem: {
            commission: components["schemas"]["Money"];
            /** Format: int64 */
            confirmed: number;
            department: string;
            /**
             * Format: int64
             * @description Lines with an amount.
             */
            lines: number;
            /**
             * Format: int64
             * @description Objections that nobody has answered.
             */
            objected: number;
            payee: components["schemas"]["PersonName"];
            /** @description Signed off as a whole, by its payee. */
            signed_at?: string | null;
            /**
             * Format: int64
             * @description Absences and lines of zero.
             */
            zeros: number;
        };
        /** @description One line of a statement. */
        StatementLine: {
            base?: components["schemas"]["Money"] | null;
            commission: components["schemas"]["Money"];
            /** @description What of it he is credited with. */
            credit: components["schemas"]["Money"];
            customer?: string | null;
            customer_id?: string | null;
            /** @description Number of the contract, or of the order or invoice that has none. */
            deal?: string | null;
            deal_title?: string | null;
            /** Format: date */
            earned_on: string;
            /** @description Its name within the month. */
            key: string;
            /** @description `line`, `absence`, `difference`, `settlement`, `advance` */
            kind: string;
            /** @description What was paid of it. */
            paid: components["schemas"]["Money"];
            /**
             * Format: date
             * @description On which day last.
             */
            paid_on?: string | null;
            /**
             * @description `paid`, `part`, `payable`, `withheld`, `set_off`; `open` in a month that is not closed,
             *     `unrecorded` where payments were not written down yet, `none` for a line of zero.
             */
            pay: string;
            /**
             * Format: date
             * @description When it falls due.
             */
            payable_on?: string | null;
            /** @description Number of the receipt, invoice, order or contract behind it. */
            record: string;
            /** @description What was said of it, oldest first. */
            said: components["schemas"]["SaidView"][];
            /**
             * Format: int64
             * @description The payee's share of it in basis points.
             */
            share?: number | null;
            /**
             * @description `waiting`, `confirmed`, `objected`, `accepted`, `partly`, `refused`, `put_right`; `waiting`
             *     again when the amount is another one than it was said of; an objection stays until it is
             *     answered.
             */
            state: string;
            /** @description Why, sentence by sentence. */
            why: components["schemas"]["WhySentence"][];
            /** @description Kept back until a later day. */
            withheld: components["schemas"]["Money"];
        };
        /** @description The statements of a month. */
        StatementList: {
            /**
             * Format: date
             * @description The day inside the month on which commission begins, where the books began inside it.
             */
            begins?: string | null;
            items: components["schemas"]["StatementItem"][];
            total: components["schemas"]["Money"];
        };
        /** @description Somebody's month. */
        StatementView: {
            /** @description Set when it is shown as it stood at a moment. */
            as_of?: string | null;
            asked?: components["schemas"]["AskedView"] | null;
            /**
             * Format: date
             * @description The day inside the month on which commission begins, where the books began inside it.
             */
            begins?: string | null;
            /** @description What stands on it, SHA-256; whoever signs it off hands it back. */
            digest: string;
            /** @description The statement on paper, once it was issued. */
            document_id?: string | null;
            /** @description What each calculation of the month said to him, the newest first. */
            editions: components["schemas"]["EditionView"][];
            /** @description Lines, differences after them. */
            lines: components["schemas"]["StatementLine"][];
            /** @description What the caller may do: `confirm`, `sign_off`, `answer`, `issue`, `export`. */
            may: string[];
            month: string;
            /** @description What is still owed of it, kept back among it. */
            owed: components["schemas"]["Money"];
            /** @description What was paid of it. */
            paid: components["schemas"]["Money"];
            payee?: components["schemas"]["PersonName"] | null;
            signed_off?: components["schemas"]["SignedOffView"] | null;
            /** @description `open`, `calculated`, `reviewed`, `closed` */
            stage: string;
            total: components["schemas"]["Money"];
        };
        /** @description One step of a flow that has not begun yet. */
        StepAhead: {
            en: string;
            node: string;
            /** @description The same in English. */
            vacant_en?: string | null;
            /** @description Why nobody whom it asks can act, and what would help; absent where somebody can. */
            vacant_zh?: string | null;
            /** @description The same in English. */
            who_en: string[];
            /** @description Who will be asked: `人事`, `直属上级`. */
            who_zh: string[];
            within_en: string;
            /** @description How long they have: `3 个工作日`. */
            within_zh: string;
            zh: string;
        };
        /** @description One step of a case that people work on or wait for. */
        StepNow: {
            buttons: components["schemas"]["ButtonView"][];
            /** @description What must be ticked. */
            checklist: string[];
            /** @description What was said when it was done. */
            comment: string;
            /** @description The same in English where the program said it. */
            comment_en: string;
            /** Format: date-time */
            done_at?: string | null;
            /** Format: date-time */
            due_at?: string | null;
            en: string;
            /** @description Who has it in hand; empty before it begins. */
            holders: components["schemas"]["HolderView"][];
            /**
             * Format: int32
             * @description The item on which the caller can act, for the command.
             */
            item?: number | null;
            /** @description `approve`, `task`, `wait` */
            kind: string;
            /** @description Its id in the flow: `receivables`, `plan`, … */
            node: string;
            overdue: boolean;
            /** @description `pending`, `active`, `passed`, `rejected`, `skipped`, `cancelled`, `sent_back` */
            state: string;
            state_en: string;
            state_zh: string;
            /** @description The same in English. */
            vacant_en?: string | null;
            /** @description Why nobody whom it asks can act, and what would help; absent where somebody can. */
            vacant_zh?: string | null;
            /** @description The same in English. */
            who_en: string[];
            /** @description Who will be asked, in words, while it has not begun: `人事`. */
            who_zh: string[];
            zh: string;
        };
        /** @description One walk through a step, or one still to come. */
        StepView: {
            /** Format: date-time */
            due_at?: string | null;
            /** Format: date-time */
            ended_at?: string | null;
            /**
             * Format: int32
             * @description 1 for the first walk, 0 for one to come.
             */
            iteration: number;
            kind_en: string;
            /** @description 审批、办理、等待条件… */
            kind_zh: string;
            node: string;
            /** Format: date-time */
            opened_at?: string | null;
            seats: components["schemas"]["SeatView"][];
            /** @description `pending`, `active`, `passed`, `rejected`, `skipped`, `cancelled`, `sent_back` */
            state: string;
            state_en: string;
            state_zh: string;
            title: string;
            title_en: string;
        };
        /** @description Somebody who should or could get a customer, with reasons. */
        SuggestedView: {
            person: components["schemas"]["PersonName"];
            reasons: components["schemas"]["ReasonView"][];
            /** Format: int64 */
            score: number;
        };
        /** @description What was open under one name on a day. */
        SummaryItem: {
            /** Format: int64 */
            count: number;
            /** @description Id of the employee or customer; `null` where nobody is responsible. */
            id?: string | null;
            /** Format: int64 */
            longest_overdue_days: number;
            name: string;
            open: components["schemas"]["Money"];
            overdue: components["schemas"]["Money"];
            /** Format: int64 */
            overdue_count: number;
        };
        /** @description The state of the system as this server sees it. */
        SystemState: {
            /** @description When each part of the background worked last. */
            background: components["schemas"]["Beat"][];
            /** @description `SQLite` or `PostgreSQL` */
            database: string;
            /**
             * Format: int64
             * @description Bytes the database takes.
             */
            database_bytes: number;
            /** Format: int64 */
            disk_free_bytes?: number | null;
            /**
             * Format: int64
             * @description Of the file system that holds the data folder.
             */
            disk_total_bytes?: number | null;
            /** Format: int64 */
            jobs_failed: number;
            /**
             * Format: int64
             * @description Jobs that are due, running or to come, and those that failed for good.
             */
            jobs_open: number;
            /** @description Whether it does not continue what was signed, which does not pass by itself. */
            log_broken: boolean;
            /**
             * Format: int64
             * @description Entries under the newest checkpoint.
             */
            log_signed: number;
            /**
             * Format: int64
             * @description Entries in the evidence log.
             */
            log_size: number;
            /** Format: date-time */
            now: string;
            /**
             * Format: int64
             * @description Newest step of the schema.
             */
            schema_version: number;
            /**
             * Format: date-time
             * @description When the newest checkpoint was signed.
             */
            signed_at?: string | null;
            /**
             * Format: date-time
             * @description When this server started.
             */
            started_at: string;
            /**
             * Format: date-time
             * @description Since when the log cannot be signed.
             */
            unsigned_since?: string | null;
            version: string;
        };
        /** @description What came out for some facts, and why. */
        TableAnswer: {
            /** @description The answer. */
            answer: Record<string, never>;
            en: string;
            rows: components["schemas"]["RowFate"][];
            zh: string;
        };
        /** @description What a version decided about a record. */
        TableDecision: {
            answer: Record<string, never>;
            /** Format: date */
            as_of: string;
            /** @description The facts, by key of input. */
            given: Record<string, never>;
            /** @description Number of the receipt, invoice, order or contract. */
            record: string;
            /**
             * Format: int32
             * @description Counted from 1; 0 is the default row.
             */
            row: number;
            /** Format: int32 */
            version: number;
        };
        /** @description The newest decisions of a table. */
        TableDecisions: {
            items: components["schemas"]["TableDecision"][];
        };
        /** @description What somebody is writing. */
        TableDraft: {
            /** Format: int64 */
            revision: number;
            saved_at: string;
            saved_by?: components["schemas"]["PersonName"] | null;
            /** @description The table as it was typed. */
            table: Record<string, never>;
        };
        /** @description When a table ends, and why. */
        TableEnd: {
            /** Format: date */
            ends_on: string;
            /** @description 2..=200 characters. */
            reason: string;
        };
        /** @description What an example gave. */
        TableExample: {
            en: string;
            /** @description What came out; absent when the table refused. */
            got?: Record<string, never> | null;
            name: string;
            passed: boolean;
            zh: string;
        };
        /** @description What a table may ask of a deal. */
        TableFact: {
            en: string;
            key: string;
            /** @description Kinds its column may be of, the usual one first. */
            kinds: string[];
            /** @description When it is known: `rate`, `share`, `credit`. */
            purposes: string[];
            zh: string;
        };
        /** @description Cases that hit no row. */
        TableGap: {
            /** @description A row that would close it, one cell an input. */
            cells: string[];
            en: string;
            /** @description The inputs in which that row does not reach it. */
            inputs: number[];
            /** @description The row it lies next to, counted from 0. */
            row?: number | null;
            zh: string;
        };
        /** @description Two rows that hit together though the policy forbids it. */
        TableOverlap: {
            /** @description What they have in common, one cell an input. */
            cells: string[];
            en: string;
            /** @description Counted from 0, the earlier first. */
            rows: number[];
            zh: string;
        };
        /** @description What is wrong, and at which place. */
        TableProblem: {
            code: string;
            en: string;
            /** @description JSON pointer into the table: `/rows/2/when/0`. */
            pointer: string;
            remedy_en: string;
            remedy_zh: string;
            /** @description `stop`, `hint` */
            severity: string;
            zh: string;
        };
        /** @description What is known of a table at this moment. */
        TableReport: {
            examples: components["schemas"]["TableExample"][];
            gaps: components["schemas"]["TableGap"][];
            /** @description Whether there are more gaps than are told. */
            more_gaps: boolean;
            overlaps: components["schemas"]["TableOverlap"][];
            problems: components["schemas"]["TableProblem"][];
            publishable: boolean;
        };
        /** @description Something that asks a table. */
        TableUse: {
            /** @description `plan` (of commission), `handover`, `crediting` */
            kind: string;
            /** @description Name of the commission plan, number of the handover plan; empty for the crediting of deals. */
            name: string;
        };
        /** @description A version of a table, or its end. */
        TableVersion: {
            /** @description SHA-256 of the table. */
            digest: string;
            drafted_by?: components["schemas"]["PersonName"] | null;
            /** @description What changed and why. */
            note: string;
            published_at: string;
            published_by?: components["schemas"]["PersonName"] | null;
            /** @description `in_force`, `ahead`, `past`, `end` */
            state: string;
            /** @description The table, each cell in its one way of writing; absent where it ended. */
            table?: Record<string, never> | null;
            /** Format: date */
            valid_from: string;
            /**
             * Format: date
             * @description The first day on which it does not count any more.
             */
            valid_until?: string | null;
            /** Format: int32 */
            version: number;
        };
        /** @description Why it was a mistake. */
        TakenBack: {
            reason: string;
        };
        /** @description One line of a list of tasks. */
        TaskItem: {
            buttons: components["schemas"]["ButtonView"][];
            /** @description The same in English. */
            came_en?: string | null;
            /** @description How it came here, when somebody else let the time pass. */
            came_zh?: string | null;
            case_id: string;
            case_title: string;
            case_title_en: string;
            /** @description `approve`, `reject`, `complete`, … */
            decision?: string | null;
            /** Format: date-time */
            done_at?: string | null;
            /** Format: date-time */
            due_at?: string | null;
            holder: components["schemas"]["HolderView"];
            /**
             * Format: int64
             * @description Number of the item within its case.
             */
            item: number;
            /** @description `approve`, `task`, `cc`, `fix` */
            kind: string;
            /** @description Id of the step in its flow. */
            node: string;
            /** Format: date-time */
            opened_at: string;
            overdue: boolean;
            /** @description Whether the caller has it as a stand-in. */
            stand_in: boolean;
            /** @description `open`, `done` */
            state: string;
            /** @description `departure/dep_…` */
            subject: string;
            /** @description Title of the step. */
            title: string;
            title_en: string;
        };
        /** @description Somebody of the team. */
        TeamMember: {
            /** @description Who. */
            person: string;
            /**
             * Format: int64
             * @description In basis points of the team's part.
             */
            share: number;
        };
        /** @description The team's part as people hand it in: taken off before giver and receiver share. */
        TeamPool: {
            /**
             * Format: int32
             * @description On fewer days than this since the handover; for good when absent.
             */
            before_day?: number | null;
            /** @description Who shares it, at most 50; together 10,000. */
            members: components["schemas"]["TeamMember"][];
            /**
             * Format: int64
             * @description In basis points of the whole, above 0.
             */
            share: number;
        };
        /** @description One thing that was asked for, as whoever agrees must know it. */
        TermView: {
            key: string;
            /** @description What the flow calls it. */
            title: string;
            value: string;
        };
        TermsPiece: {
            /**
             * Format: int64
             * @description How much of it was done on the day of the handover, in basis points.
             */
            done: number;
            name: string;
            /**
             * Format: int64
             * @description In basis points of the whole work.
             */
            weight: number;
        };
        TermsStep: {
            /**
             * Format: int32
             * @description Fewer days than this since the handover.
             */
            before_day: number;
            /**
             * Format: int64
             * @description In basis points.
             */
            share: number;
        };
        /** @description The draft that is put in force. */
        ToPublish: {
            /** @description What changed and why, 2..=200 characters. */
            note: string;
            /**
             * Format: int64
             * @description The revision that was looked at.
             */
            revision: number;
            /** Format: date */
            valid_from: string;
        };
        /** @description Commission that was taken back of somebody. */
        TookBack: {
            /** @description Below zero. */
            amount: components["schemas"]["Money"];
            /** @description In which month it is booked, `2026-11`. */
            month: string;
            person?: components["schemas"]["PersonName"] | null;
        };
        /** @description A version that is being written, and a deal to try it on. */
        TriedPlan: {
            /** @description `each`, `month`, `quarter`, `year` */
            adds_up: string;
            deal: components["schemas"]["ExampleDeal"];
            name?: string;
            offer: components["schemas"]["Offer"];
            overlay?: string | null;
            /** Format: date */
            valid_from: string;
        };
        /** @description A refund or a bad debt that somebody is about to record. */
        TriedReversal: {
            amount: components["schemas"]["Money"];
            invoice_id: string;
            /** @description `refund`, `bad_debt` */
            kind: components["schemas"]["ReversalKind"];
            /** Format: date */
            on: string;
            /** @description Of a refund: by which receipt the money had come. */
            receipt_id?: string | null;
        };
        /** @description Terms somebody tries out. */
        TriedTerms: {
            /** @description Which customers; empty for all of the plan. */
            customer_ids?: string[];
            pool?: components["schemas"]["TeamPool"] | null;
            /** @description What the giver would still earn. */
            terms: components["schemas"]["HandoverTerms"];
        };
        /** @description A draft as it is now. */
        TypedDraft: {
            /**
             * Format: int64
             * @description The revision that was edited; absent when there was no draft.
             */
            based_on?: number | null;
            table: Record<string, never>;
        };
        /** @description A table as somebody typed it. */
        TypedTable: {
            table: Record<string, never>;
        };
        Value: unknown;
        /** @description A version of a plan. */
        VersionView: {
            offer: components["schemas"]["Offer"];
            published_at: string;
            published_by?: components["schemas"]["PersonName"] | null;
            /** Format: date */
            valid_from: string;
            /**
             * Format: date
             * @description The first day on which it does not count any more.
             */
            valid_until?: string | null;
            /** Format: int32 */
            version: number;
        };
        /** @description The month to be opened. */
        WhichMonth: {
            /** @description `2026-11` */
            month: string;
        };
        /** @description Whose statement of which month. */
        WhichStatement: {
            /** @description `2026-11` */
            month: string;
            /** @description Id of the payee; the caller himself when absent. */
            payee?: string | null;
        };
        /** @description Why. */
        Why: {
            reason: string;
        };
        /** @description One sentence of an explanation. */
        WhySentence: {
            en: string;
            zh: string;
        };
        /** @description A reason in both languages. */
        WhyView: {
            code: string;
            en: string;
            zh: string;
        };
        /** @description Who agreed to take it back; before it is declared nobody is asked. */
        Withdrawal: {
            company_agrees?: boolean;
            employee_agrees?: boolean;
            reason: string;
        };
        /** @description What would be taken back from one person. */
        WouldTake: {
            amount: components["schemas"]["Money"];
            person: components["schemas"]["PersonName"];
        };
        /** @description The answer to a change: what it made or touched, and its proof. */
        Written: {
            /** @description The case under which the act waits for an approval. */
            case_id?: string | null;
            /**
             * Format: int64
             * @description Index of the entry in the evidence log; absent when the act waits.
             */
            entry?: number | null;
            /** @description Id of the thing; absent when the act waits for an approval. */
            id?: string | null;
        };
        /** @description What is wrong with a line. */
        Wrong: {
            attachment?: components["schemas"]["ObjectionFile"] | null;
            claimed?: components["schemas"]["Money"] | null;
            /** @description `2026-11` */
            month: string;
            reason: string;
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
