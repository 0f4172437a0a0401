using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Functions.Lms;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Lms;

public sealed class WebhookSettingsWatchTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Fact]
    public async Task A_change_of_what_the_LMS_proves_itself_by_is_told_once_and_without_a_secret()
    {
        await using var world = await World.CreateAsync();
        await NoteAsync(world);
        Assert.Empty(await EntriesAsync(world));

        world.Settings["Webhooks:Lms:Secrets:0"] = Secret;
        await Task.WhenAll(NoteAsync(world), NoteAsync(world));
        var told = Assert.Single(await EntriesAsync(world)).Content;
        Assert.Equal(("system", "webhookSettings.changed"), (told.GetProperty("actor").GetString(), told.GetProperty("action").GetString()));
        Assert.DoesNotContain(Secret, told.GetRawText(), StringComparison.Ordinal);

        (world.Settings["Webhooks:Lms:Basic:Username"], world.Settings["Webhooks:Lms:Basic:Password"]) = ("lms", "one");
        await NoteAsync(world);
        await NoteAsync(world);
        Assert.Equal(2, (await EntriesAsync(world)).Count);

        world.Settings["Webhooks:Lms:Basic:Password"] = "two";
        await NoteAsync(world);
        Assert.Equal(3, (await EntriesAsync(world)).Count);

        world.Settings.Clear();
        await NoteAsync(world);
        await NoteAsync(world);
        Assert.Equal(4, (await EntriesAsync(world)).Count);
        Assert.Empty(await world.CheckAsync());
    }

    /// <summary>As an instance does that starts with the settings.</summary>
    private static Task NoteAsync(World world) => world.StartWorker().Get<WebhookSettingsWatch>().NoteAsync(CancellationToken.None);

    private static async Task<IReadOnlyList<RecordedEntry>> EntriesAsync(World world) => (await world.StartWorker().Get<IAuditTrail>().ListAsync(
        new AuditFilter(null, null, null, "webhooks/lms/settings"), new PageRequest(Limits.PageSize, null), CancellationToken.None)).Items;
}
