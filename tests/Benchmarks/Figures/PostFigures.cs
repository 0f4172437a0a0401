using CertFunctions.TestWorlds.Counting;

namespace CertFunctions.Benchmarks.Figures;

/// <summary>G10: how long a request takes that becomes a job, by the size of its selection.</summary>
internal sealed class PostFigures(Bench bench, Options options)
{
    private const int Small = 200;

    public async Task<Measured> MeasureAsync()
    {
        var users = Enumerable.Range(0, options.LargeGroup).Select(SeededUsers.User).ToList();
        await bench.App.AddGroupAsync("large-group", users, CancellationToken.None);
        await bench.App.AddGroupAsync("small-group", users.Take(Small), CancellationToken.None);
        await bench.App.AddCertificationAsync("POSTED", CancellationToken.None);
        var large = Bench.GroupsBody("\"large-group\"", users.Count);
        var small = Bench.GroupsBody("\"small-group\"", Small);
        await PostAsync(large);
        await PostAsync(small);
        var turns = await Timing.InTurnsAsync(
            options.Pairs * 4, _ => Timing.OfAsync(() => PostAsync(large)), _ => Timing.OfAsync(() => PostAsync(small)));
        await bench.Pump.ForgetMessagesAsync(CancellationToken.None);
        return new(
            FigureTable.G10,
            turns.Quotient,
            $"group of {users.Count:n0}: {turns.First.TotalMilliseconds:0.0} ms, of {Small}: {turns.Second.TotalMilliseconds:0.0} ms");
    }

    private async Task PostAsync(string body)
    {
        var answer = await bench.PostAsync("POSTED", body);
        if (answer.Status != 202)
        {
            throw new InvalidOperationException($"Answered {answer.Status}: {answer.Body}");
        }
    }
}
