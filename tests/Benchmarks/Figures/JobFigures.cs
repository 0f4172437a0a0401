using CertFunctions.Benchmarks.Raw;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.TestWorlds.Counting;

namespace CertFunctions.Benchmarks.Figures;

/// <summary>G1, G1r, G2, G3, G5, G13, P, U: jobs through the queue, in this process.</summary>
internal sealed class JobFigures(Bench bench, Options options)
{
    private const int SmallJob = 1_000;

    public async IAsyncEnumerable<Measured> MeasureAsync()
    {
        var most = Math.Max(options.Users, options.Wants("G5") ? options.LargeJob ?? 0 : 0);
        var users = await bench.App.AddUsersAsync(most, CancellationToken.None);
        if (options.Wants("G1", "G1r", "G2", "G3", "G13"))
        {
            var job = await NewJobAsync("medium", users, options.Users);
            await foreach (var measured in CountAsync(job))
            {
                yield return measured;
            }

            if (options.Wants("G3"))
            {
                yield return await CompareAsync(FigureTable.G3, job, options.Pairs);
            }
        }

        if (options.Wants("P", "U"))
        {
            await foreach (var measured in CompareWithAwardAsync(await NewJobAsync("plans", users, options.Users), options.Pairs))
            {
                yield return measured;
            }
        }

        if (options.Wants("G5"))
        {
            yield return await CompareAsync(FigureTable.G5Small, await NewJobAsync("small", users, SmallJob), options.Pairs);
        }

        if (options.Wants("G5") && options.LargeJob is { } large)
        {
            yield return await CompareAsync(FigureTable.G5Large, await NewJobAsync("large", users, large), pairs: 2);
        }
    }

    private async Task<JobOfUsers> NewJobAsync(string name, IReadOnlyList<User> users, int count)
    {
        var chosen = users.Take(count).ToList();
        return new JobOfUsers(name, chosen, await bench.AddGroupsAsync(name, chosen));
    }

    private async IAsyncEnumerable<Measured> CountAsync(JobOfUsers job)
    {
        var count = job.Users.Count;
        var code = (await bench.App.AddCertificationAsync("COUNTED", CancellationToken.None)).Value;
        await bench.EmptyAwardsAsync();
        var raw = new RawAwards(bench.Awards, bench.App.Clients.Table(StorageNames.Tables.Users));
        await raw.WriteAsync("raw-warm", job.Users, CancellationToken.None);
        await bench.EmptyAwardsAsync();
        var beforeRaw = GC.GetTotalAllocatedBytes(precise: true);
        await raw.WriteAsync("raw-alloc", job.Users, CancellationToken.None);
        var allocatedRaw = GC.GetTotalAllocatedBytes(precise: true) - beforeRaw;
        await bench.EmptyAwardsAsync();
        bench.App.Counts.Reset();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await bench.RunJobAsync(code, Bench.GroupsBody(job.Groups, count));
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        Details.Print(bench.App.Counts.Requests);
        yield return new(FigureTable.G1, bench.App.Counts.TableTransactions / (double)count, $"{count:n0} users");
        var messages = bench.App.Counts.Messages;

        bench.App.Counts.Reset();
        await bench.RunJobAsync(code, Bench.GroupsBody(job.Groups, count, "2030-11-24"));
        Details.Print(bench.App.Counts.Requests);
        yield return new(FigureTable.G1Renewal, bench.App.Counts.TableTransactions / (double)count, $"{count:n0} users");
        yield return new(FigureTable.G2, messages / (double)count, $"{messages} messages");
        var (ours, own) = (allocated / 1024.0 / count, allocatedRaw / 1024.0 / count);
        yield return new(FigureTable.G13, ours - own, $"{count:n0} users, request to end; ours {ours:0.0} KB, raw client {own:0.0} KB");
    }

    private async Task<Measured> CompareAsync(Figure figure, JobOfUsers job, int pairs)
    {
        var raw = new RawAwards(bench.Awards);
        var turns = await Timing.InTurnsAsync(
            pairs,
            async pair =>
            {
                await bench.EmptyAwardsAsync();
                return await Timing.OfAsync(() => raw.WriteAsync($"raw-{pair}", job.Users, CancellationToken.None));
            },
            async pair =>
            {
                var code = (await bench.App.AddCertificationAsync($"{job.Name}-{pair}", CancellationToken.None)).Value;
                await bench.EmptyAwardsAsync();
                return await Timing.OfAsync(() => bench.RunJobAsync(code, Bench.GroupsBody(job.Groups, job.Users.Count)));
            });
        return new(figure, turns.Quotient, $"raw {turns.First.TotalSeconds:0.00} s, ours {turns.Second.TotalSeconds:0.00} s");
    }

    /// <summary>A plan, the award of the same and its undo, one after the other.</summary>
    private async IAsyncEnumerable<Measured> CompareWithAwardAsync(JobOfUsers job, int pairs)
    {
        var times = new List<(TimeSpan Plan, TimeSpan Award, TimeSpan Undo)>();
        for (var pair = 0; pair < pairs; pair++)
        {
            var code = (await bench.App.AddCertificationAsync($"{job.Name}-{pair}", CancellationToken.None)).Value;
            await bench.EmptyAwardsAsync();
            var plan = await Timing.OfAsync(() => bench.RunJobAsync(code, Bench.GroupsBody(job.Groups, job.Users.Count, isPlan: true)));
            await bench.EmptyAwardsAsync();
            Job done = null!;
            var award = await Timing.OfAsync(async () => done = await bench.RunJobAsync(code, Bench.GroupsBody(job.Groups, job.Users.Count)));
            bench.App.Counts.Reset();
            times.Add((plan, award, await Timing.OfAsync(() => bench.UndoAsync(done))));
        }

        Details.Print(bench.App.Counts.Requests);
        await bench.EmptyAwardsAsync();
        var raw = new RawAwards(bench.Awards);
        await raw.WriteAsync("raw-undo", job.Users, CancellationToken.None);
        var rawUndo = await Timing.OfAsync(() => raw.UndoAsync("raw-undo", job.Users, CancellationToken.None));
        var awarded = TimeSpan.FromMilliseconds(Timing.Median(times.Select(time => time.Award.TotalMilliseconds)));
        Measured Of(Figure figure, Func<(TimeSpan Plan, TimeSpan Award, TimeSpan Undo), TimeSpan> timeOf, string more = "") => new(
            figure,
            Timing.Median(times.Select(time => timeOf(time) / time.Award)),
            $"{job.Users.Count:n0} users, {Timing.Median(times.Select(time => timeOf(time).TotalSeconds)):0.00} s, the award {awarded.TotalSeconds:0.00} s{more}");
        yield return Of(FigureTable.Plan, time => time.Plan);
        yield return Of(FigureTable.Undo, time => time.Undo, $", a raw client that takes the same rows back {rawUndo.TotalSeconds:0.00} s");
    }

    private sealed record JobOfUsers(string Name, IReadOnlyList<User> Users, string Groups);
}
