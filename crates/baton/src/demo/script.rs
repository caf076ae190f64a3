//! Who leaves, and how far it has come: the demo's departures as a table 演示剧本.
//!
//! Days are counted back from the day the demo is made, so that its screens are always alive.

use ::departure::kind::DepartureKind::{self, MutualByEmployer, NoFaultDismissal, Resignation};

/// Somebody who leaves: which sales group, which seat in it, how, and his words.
pub(super) struct Leaver {
    pub(super) group: usize,
    /// Counted from the end: 0 is the newest of the group.
    pub(super) seat: usize,
    pub(super) kind: DepartureKind,
    /// The last day that is asked for or agreed, days after filing.
    pub(super) wishes: Option<i64>,
    pub(super) reason: &'static str,
    /// What happens, oldest first: days before today, hour, and what.
    pub(super) beats: &'static [(i64, i64, Beat)],
}

/// One thing that happens to a departure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beat {
    /// 提交离职
    File,
    /// 法务核查特殊保护情形
    LawSays,
    /// 人事负责人和总经理审批
    DirectorsAgree,
    /// 本人、人事、总经理都同意
    AllAgree,
    /// 签收
    Acknowledge,
    /// 通知工会
    TellUnion,
    /// 财务核对应收
    CheckReceivables,
    /// 清点账号
    ListAccounts,
    /// 清点领用资产
    ListAssets,
    /// 面谈
    Interview,
    /// 编制交接方案
    DrawUp,
    /// 提交给接替人
    Submit,
    /// 接替人全部接受
    AllAccept,
    /// 一人拒绝，最后一人尚未答复，其余接受
    OneDeclines,
    /// 批准
    Approve,
    /// 归还全部资产
    ReturnAll,
    /// 归还一部分资产
    ReturnSome,
    /// 关闭账号
    CloseAccounts,
    /// 支付经济补偿
    Compensate,
    /// 出具交接清单
    ListHandover,
    /// 出具离职证明
    Certify,
    /// 办结
    Close,
    /// 双方同意撤回
    Withdraw,
}

use Beat::{
    Acknowledge, AllAccept, AllAgree, Approve, Certify, CheckReceivables, Close, CloseAccounts,
    Compensate, DirectorsAgree, DrawUp, File, Interview, LawSays, ListAccounts, ListAssets,
    ListHandover, OneDeclines, ReturnAll, ReturnSome, Submit, TellUnion, Withdraw,
};

/// From the oldest to the one of this morning.
pub(super) const LEAVERS: &[Leaver] = &[
    Leaver {
        group: 0,
        seat: 1,
        kind: Resignation,
        wishes: None,
        reason: "回老家照顾父母",
        beats: &[
            (420, 10, File),
            (419, 9, Acknowledge),
            (418, 15, ListAccounts),
            (418, 16, ListAssets),
            (416, 14, CheckReceivables),
            (414, 10, DrawUp),
            (413, 9, Submit),
            (412, 11, AllAccept),
            (410, 16, Approve),
            (408, 15, Interview),
            (389, 10, ReturnAll),
            (388, 11, CloseAccounts),
            (387, 9, ListHandover),
            (387, 10, Certify),
            (387, 14, Close),
        ],
    },
    Leaver {
        group: 1,
        seat: 1,
        kind: Resignation,
        wishes: Some(45),
        reason: "另有发展",
        beats: &[
            (200, 9, File),
            (199, 10, Acknowledge),
            (198, 15, ListAccounts),
            (198, 16, ListAssets),
            (196, 11, CheckReceivables),
            (194, 10, DrawUp),
            (193, 9, Submit),
            (191, 11, AllAccept),
            (188, 16, Approve),
            (185, 15, Interview),
            (154, 10, ReturnAll),
            (154, 14, CloseAccounts),
            (153, 10, ListHandover),
            (152, 10, Certify),
            (152, 14, Close),
        ],
    },
    Leaver {
        group: 2,
        seat: 1,
        kind: Resignation,
        wishes: None,
        reason: "薪酬未达预期",
        beats: &[(103, 17, File), (102, 9, Acknowledge), (96, 15, Withdraw)],
    },
    Leaver {
        group: 3,
        seat: 1,
        kind: MutualByEmployer,
        wishes: Some(20),
        reason: "区域调整，经协商一致解除",
        beats: &[
            (80, 10, File),
            (79, 9, AllAgree),
            (78, 9, ListAccounts),
            (78, 10, ListAssets),
            (78, 14, CheckReceivables),
            (76, 10, DrawUp),
            (75, 9, Submit),
            (74, 11, AllAccept),
            (72, 16, Approve),
            (66, 15, Interview),
            (59, 10, ReturnAll),
            (59, 14, CloseAccounts),
            (58, 15, ListHandover),
            (57, 9, Compensate),
            (57, 10, Certify),
            (57, 14, Close),
        ],
    },
    Leaver {
        group: 4,
        seat: 1,
        kind: Resignation,
        wishes: None,
        reason: "继续读书",
        beats: &[
            (52, 9, File),
            (51, 10, Acknowledge),
            (50, 15, ListAccounts),
            (50, 16, ListAssets),
            (48, 11, CheckReceivables),
            (45, 10, DrawUp),
            (44, 9, Submit),
            (43, 11, AllAccept),
            (41, 16, Approve),
            (38, 15, Interview),
            (21, 15, ListHandover),
            (20, 10, CloseAccounts),
            (20, 11, Certify),
            (10, 14, ReturnSome),
        ],
    },
    Leaver {
        group: 5,
        seat: 1,
        kind: Resignation,
        wishes: None,
        reason: "身体原因，需要休养",
        beats: &[
            (24, 9, File),
            (23, 10, Acknowledge),
            (22, 15, ListAccounts),
            (22, 16, ListAssets),
            (21, 11, CheckReceivables),
            (20, 14, DrawUp),
            (19, 9, Submit),
            (17, 11, AllAccept),
            (15, 16, Approve),
            (14, 15, Interview),
        ],
    },
    Leaver {
        group: 9,
        seat: 1,
        kind: NoFaultDismissal,
        wishes: None,
        reason: "不能胜任工作，经培训和调整岗位后仍不能胜任",
        beats: &[
            (22, 9, File),
            (22, 10, LawSays),
            (22, 11, TellUnion),
            (21, 9, DirectorsAgree),
            (21, 14, Acknowledge),
            (20, 15, ListAccounts),
            (20, 16, ListAssets),
            (17, 15, Interview),
            (16, 14, CheckReceivables),
            (5, 10, DrawUp),
            (2, 15, Submit),
        ],
    },
    Leaver {
        group: 6,
        seat: 1,
        kind: Resignation,
        wishes: None,
        reason: "随家人迁居",
        beats: &[
            (16, 9, File),
            (15, 10, Acknowledge),
            (14, 15, ListAccounts),
            (14, 16, ListAssets),
            (13, 11, CheckReceivables),
            (11, 10, DrawUp),
            (10, 9, Submit),
            (9, 15, Interview),
            (7, 11, OneDeclines),
        ],
    },
    Leaver {
        group: 8,
        seat: 1,
        kind: Resignation,
        wishes: None,
        reason: "个人创业",
        beats: &[
            (13, 17, File),
            (12, 9, Acknowledge),
            (11, 15, ListAccounts),
            (10, 14, CheckReceivables),
            (6, 15, Interview),
        ],
    },
    Leaver {
        group: 7,
        seat: 1,
        kind: Resignation,
        wishes: Some(38),
        reason: "转行",
        beats: &[
            (9, 9, File),
            (8, 10, Acknowledge),
            (7, 15, ListAccounts),
            (7, 16, ListAssets),
            (5, 14, CheckReceivables),
            (3, 10, DrawUp),
        ],
    },
    Leaver {
        group: 1,
        seat: 0,
        kind: Resignation,
        wishes: None,
        reason: "试用期内，感觉岗位不合适",
        beats: &[(1, 15, File)],
    },
    Leaver {
        group: 0,
        seat: 2,
        kind: Resignation,
        wishes: None,
        reason: "",
        beats: &[(0, 9, File)],
    },
];
