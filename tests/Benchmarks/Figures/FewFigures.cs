using CertFunctions.Benchmarks.Raw;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage;
using CertFunctions.TestWorlds.Counting;

namespace CertFunctions.Benchmarks.Figures;

/// <summary>G6: few users, done before the answer.</summary>
internal sealed class FewFigures(Bench bench, Options options)
{
    private const int Few = 100;

    public async Task<Measured> MeasureAsync()
    {
        var users = await bench.App.AddUsersAsync(options.Users, CancellationToken.None);
        var raw = new RawAwards(bench.Awards, bench.App.Clients.Table(StorageNames.Tables.Users));
        await bench.App.AddCertificationAsync("FEW", CancellationToken.None);
        await bench.EmptyAwardsAsync();
        await RawAsync(raw, "raw-warm", Chosen(users, 0));
        await OursAsync(Chosen(users, 1));
        bench.App.Counts.Reset();
        var turns = await Timing.InTurnsAsync(
            options.Pairs * 2,
            pair => Timing.OfAsync(() => OursAsync(Chosen(users, pair + 2))),
            pair => Timing.OfAsync(() => RawAsync(raw, $"raw-{pair}", Chosen(users, pair + 2))));
        Details.Print(bench.App.Counts.Requests);
        return new(FigureTable.G6, turns.Quotient, $"ours {turns.First.TotalMilliseconds:0} ms, raw {turns.Second.TotalMilliseconds:0} ms, 100 of {users.Count:n0} users");
    }

    /// <summary>Spread over all users, others for each turn.</summary>
    private static List<User> Chosen(IReadOnlyList<User> users, int turn) =>
        [.. Enumerable.Range(0, Few).Select(index => users[(index * (users.Count / Few)) + turn])];

    private static Task RawAsync(RawAwards raw, string code, IReadOnlyList<User> users) => raw.WriteAsync(code, users, CancellationToken.None);

    private async Task OursAsync(IReadOnlyList<User> users)
    {
        var ids = string.Join(',', users.Select(user => $"\"{user.Id}\""));
        var answer = await bench.PostAsync("FEW", $$"""{"users":[{{ids}}],"issuedOn":"2026-11-24","expiresOn":"2028-11-24"}""");
        if (answer.Status != 200)
        {
            throw new InvalidOperationException($"Answered {answer.Status}: {answer.Body}");
        }
    }
}
