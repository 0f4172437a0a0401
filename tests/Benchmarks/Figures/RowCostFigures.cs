using CertFunctions.Core.Jobs;
using CertFunctions.TestWorlds.Counting;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Benchmarks.Figures;

/// <summary>G16-G21: what a row of a file, and an event about one person, cost in requests to tables. Counted as the tests count them.</summary>
internal sealed class RowCostFigures(Options options)
{
    private const int Branches = 20;

    public async IAsyncEnumerable<Measured> MeasureAsync()
    {
        if (options.Wants("G16", "G17", "G18"))
        {
            await foreach (var measured in UsersAsync())
            {
                yield return measured;
            }
        }

        if (options.Wants("G19", "G19u"))
        {
            await foreach (var measured in MembersAsync())
            {
                yield return measured;
            }
        }

        if (options.Wants("G20", "G20r"))
        {
            await foreach (var measured in AwardsAsync())
            {
                yield return measured;
            }
        }

        if (options.Wants("G21", "G21n"))
        {
            await foreach (var measured in EventsAsync())
            {
                yield return measured;
            }
        }
    }

    private async IAsyncEnumerable<Measured> UsersAsync()
    {
        await using var world = await World.CreateAsync();
        await new CountedImports(world).RunAsync("branches/a.csv", SampleFiles.Branches(Branches));
        yield return await FileAsync(world, FigureTable.G16, "users/a.csv", UsersCalled("Lovelace"), Updated);
        yield return await FileAsync(world, FigureTable.G17, "users/b.csv", UsersCalled("Lovelace"), Skipped);
        yield return await FileAsync(world, FigureTable.G18, "users/c.csv", UsersCalled("King"), Updated);

        string UsersCalled(string lastName) => SampleFiles.Users(Seed.Ids(options.FileRows), Branches, lastName);
    }

    private async IAsyncEnumerable<Measured> MembersAsync()
    {
        await using var world = await World.CreateAsync();
        await world.Seed.AddUsersAsync(Seed.Ids(options.FileRows));
        var file = SampleFiles.Members(Seed.Ids(options.FileRows));
        yield return await FileAsync(world, FigureTable.G19, "groups/a.csv", file, Updated);
        yield return await FileAsync(world, FigureTable.G19Unchanged, "groups/b.csv", file, Skipped);
    }

    private async IAsyncEnumerable<Measured> AwardsAsync()
    {
        await using var world = await World.CreateAsync();
        await world.Seed.AddCertificationAsync("FIRE-1");
        await world.Seed.AddUsersAsync(Seed.Ids(options.FileRows));
        var file = SampleFiles.Awards(Seed.Ids(options.FileRows));
        yield return await FileAsync(world, FigureTable.G20, "awards/a.csv", file, new JobCounts(Awarded: options.FileRows));
        yield return await FileAsync(world, FigureTable.G20Again, "awards/b.csv", file, Skipped);
    }

    private static async IAsyncEnumerable<Measured> EventsAsync()
    {
        await using var world = await World.CreateAsync();
        var events = await CountedEvents.SetAsync(world);
        var (newest, older) = (await events.CountUserAsync("u-1", "11:00:00"), await events.CountUserAsync("u-1", "09:00:00"));
        var (newestMember, olderMember) = (await events.CountMemberAsync("u-1", "11:00:00"), await events.CountMemberAsync("u-1", "09:00:00"));
        yield return new(
            FigureTable.G21,
            Math.Max(newest, older),
            $"{newest} of the newest news, {older} of older ones; of a member of a group {newestMember} and {olderMember}");
        var (first, second) = (await events.CountUserAsync("u-2", "10:00:00"), await events.CountUserAsync("u-11", "10:00:00"));
        yield return new(FigureTable.G21New, Math.Max(first, second), $"{first} and {second} of two people in different shards");
    }

    private JobCounts Updated => new(Updated: options.FileRows);

    private JobCounts Skipped => new(Skipped: options.FileRows);

    private static async Task<Measured> FileAsync(World world, Figure figure, string path, string text, JobCounts expected)
    {
        var (job, requestsPerRow) = await new CountedImports(world).RunAsync(path, text);
        Expect.Counts(expected, job);
        return new(figure, requestsPerRow, $"{job.Counts.Processed:n0} rows, {requestsPerRow * job.Counts.Processed:0} requests");
    }
}
