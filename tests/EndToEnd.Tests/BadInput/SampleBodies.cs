using CertFunctions.Functions.Awarding;
using CertFunctions.Functions.Awards;
using CertFunctions.Functions.Certifications;
using CertFunctions.Functions.Completions;
using CertFunctions.Functions.Directory;
using CertFunctions.Functions.Jobs;
using CertFunctions.Functions.Lms;

namespace CertFunctions.EndToEnd.Tests.BadInput;

/// <summary>A good body, with every member that can be written, for each function that takes one; in an order in which all succeed.</summary>
internal static class SampleBodies
{
    public static readonly IReadOnlyDictionary<string, string> ByFunction = new Dictionary<string, string>
    {
        [nameof(PutBranch)] = """{"name":"North","parentId":"bad-input-parent"}""",
        [nameof(PutExternalTraining)] = """{"title":"First aid","provider":"Red Cross"}""",
        [nameof(PutGroup)] = """{"name":"Wardens"}""",
        [nameof(PutUser)] =
            """{"username":"bad-input","firstName":"Ada","lastName":"Lovelace","email":"ada@example.org","branchId":"bad-input-branchId","active":true}""",
        [nameof(EditUser)] =
            """{"username":"bad-input","firstName":"Ada","lastName":"Byron","email":"ada@example.org","branchId":"bad-input-branchId","active":true}""",
        [nameof(CompleteExternalTraining)] = """{"userId":"bad-input-userId","completedOn":"2026-11-24"}""",
        [nameof(PutGroupMember)] = "{}",
        [nameof(ReplayDeadLetter)] = "{}",
        [nameof(CancelJob)] = "{}",
        [nameof(ResumeJob)] = "{}",
        [nameof(RetryJob)] = "{}",
        [nameof(ApplyPlan)] = "{}",
        [nameof(UndoJob)] = """{"dryRun":true,"confirmUsers":1,"reason":"a mistake"}""",
        [nameof(PutCertification)] = $$"""{{{CertificationMembers}}}""",
        [nameof(EditCertification)] = $$"""{{{CertificationMembers}},"status":"active"}""",
        [nameof(AwardUsers)] =
            """
            {"users":["bad-input-userId"],"groups":["bad-input-groupId"],"branches":["bad-input-branchId"],"includeSubBranches":false,
            "issuedOn":"2026-11-24","expiresOn":"2028-11-24","alwaysValid":false,"reason":"audit","dryRun":false,"confirmUsers":1,
            "association":{"type":"completion","activityType":"course","activityId":"C-101"},"onExisting":"overwrite"}
            """,
        [nameof(AwardRetroactively)] = """{"dryRun":false,"confirmUsers":1}""",
        [nameof(EditAward)] =
            """
            {"issuedOn":"2026-11-23","expiresOn":"2028-11-23","alwaysValid":false,"reason":"typo",
            "association":{"type":"externalTraining","activityType":null,"activityId":"bad-input-trainingId"}}
            """,
    };

    /// <summary>Functions whose route names something that no sample creates: 404.</summary>
    public static readonly IReadOnlySet<string> NameNothing =
        new HashSet<string> { nameof(ReplayDeadLetter), nameof(CancelJob), nameof(ResumeJob), nameof(RetryJob), nameof(ApplyPlan), nameof(UndoJob) };

    private const string CertificationMembers =
        """
        "title":"Fire warden","description":"For each floor","validity":{"value":24,"unit":"months"},"renewalWindowDays":90,
        "renewal":"fromExpiry","activities":[{"type":"course","id":"C-101"}]
        """;
}
