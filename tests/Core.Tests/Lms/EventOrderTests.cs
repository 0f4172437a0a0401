using CertFunctions.Core.Directory;
using CertFunctions.Testing;
using CertFunctions.Testing.Lms;
using CsCheck;

namespace CertFunctions.Core.Tests.Lms;

/// <summary>Whatever the order in which events of different times come, they leave the same behind.</summary>
public sealed class EventOrderTests
{
    private const int Events = 7;

    private static readonly string[] Kinds =
        ["user.created", "user.updated", "user.deleted", "group.member.added", "group.member.removed", "group.member.added"];

    [Fact]
    public void Any_order_leaves_the_same_state() =>
        Gen.Select(Gen.Int[0, Kinds.Length - 1].Array[Events], Gen.Shuffle(Enumerable.Range(0, Events).ToArray())).Sample(
            (kinds, order) => StateAsync(kinds, Enumerable.Range(0, Events)).GetAwaiter().GetResult()
                == StateAsync(kinds, order).GetAwaiter().GetResult(),
            iter: 400);

    private static async Task<string> StateAsync(int[] kinds, IEnumerable<int> order)
    {
        var scene = new WebhookScene();
        foreach (var number in order)
        {
            await scene.SendAsync(Kinds[kinds[number]], Payload(number));
            await ReleaseAsync(scene);
        }

        var user = await scene.UserAsync("1");
        var isMember = await scene.Members.ContainsAsync(MemberSource.Group(Sample.Id("g")), Sample.Id("1"), CancellationToken.None);
        var branch = user?.BranchId is { } id
            && await scene.Members.ContainsAsync(MemberSource.Branch(id), Sample.Id("1"), CancellationToken.None) ? id : null;
        return $"{user?.Username} {user?.LastName} {user?.BranchId} {branch} {user?.Active} {isMember} {scene.DeadLetters.All.Count}";
    }

    /// <summary>Event number i happened in minute i.</summary>
    private static string Payload(int number) =>
        $$"""
        {"fired_at":"2026-11-20 15:0{{number}}:00","user_id":1,"username":"name-{{number}}","first_name":"Ada","last_name":"{{number}}",
        "email":null,"branch_id":"b-{{number % 2}}","group_id":"g"}
        """;

    private static async Task ReleaseAsync(WebhookScene scene)
    {
        foreach (var userId in scene.Queue.Arrivals)
        {
            await scene.Letters.ReleaseAsync(userId, CancellationToken.None);
        }
    }
}
