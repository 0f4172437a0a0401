using CertFunctions.Core.Certifications;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace CertFunctions.Core.Tests.Certifications;

public sealed class CertificationServiceTests
{
    private static readonly CertificationCode Code = CertificationCode.Parse("Fire-1");

    private readonly FakeTimeProvider time = new(Sample.Now);
    private readonly FakeAwardCounts counts = new();
    private readonly CertificationService service;

    public CertificationServiceTests()
    {
        var store = new FakeCertificationStore();
        service = new CertificationService(store, counts, new CertificationCatalog(store, time), time);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_tells_what_was_and_what_is_and_who_holds_it()
    {
        counts.Holders[Code] = 3;
        var created = await PutAsync("Fire warden");
        time.Advance(TimeSpan.FromDays(1));
        var changed = await PutAsync("Fire marshal");
        var same = await PutAsync("Fire marshal");

        Assert.Equal((true, 1, 3), (created.Created, created.Value.Certification.Version, created.Value.AwardedTo));
        Assert.Equal(("Fire warden", "Fire marshal"), (changed.Before!.Certification.Title, changed.Value.Certification.Title));
        Assert.Equal((Sample.Now, Sample.Now.AddDays(1)), (changed.Value.Certification.CreatedAt, changed.Value.Certification.UpdatedAt));
        Assert.Equal((false, 2), (same.Changed, same.Value.Certification.Version));
    }

    [Fact]
    public async Task A_put_keeps_the_spelling_of_the_code_and_the_status()
    {
        await PutAsync("Fire warden");
        await service.ArchiveAsync(Code, Precondition.None, By.Hand, Cancellation);

        var put = (await service.PutAsync(CertificationCode.Parse("FIRE-1"), was => was with { Title = "Fire marshal" }, Precondition.None, By.Hand, Cancellation)).Value();

        Assert.Equal(("Fire-1", CertificationStatus.Archived), (put.Value.Certification.Code.Value, put.Value.Certification.Status));
    }

    [Fact]
    public async Task Archiving_twice_changes_once_and_editing_brings_it_back()
    {
        await PutAsync("Fire warden");

        Assert.True((await service.ArchiveAsync(Code, Precondition.None, By.Hand, Cancellation)).Value().Changed);
        Assert.False((await service.ArchiveAsync(Code, Precondition.None, By.Hand, Cancellation)).Value().Changed);
        var back = (await service.EditAsync(Code, was => was with { Status = CertificationStatus.Active }, Precondition.None, By.Hand, Cancellation)).Value();
        Assert.Equal((CertificationStatus.Archived, CertificationStatus.Active), (back.Before!.Certification.Status, back.Value.Certification.Status));
    }

    [Fact]
    public async Task What_is_not_there_or_not_as_it_was_is_not_edited()
    {
        Assert.Equal("certification_not_found", (await service.EditAsync(Code, was => was, Precondition.None, By.Hand, Cancellation)).Code());
        await PutAsync("Fire warden");

        Assert.Equal("version_conflict", (await service.EditAsync(Code, was => was, new Precondition(["7"], true), By.Hand, Cancellation)).Code());
        Assert.Equal("version_conflict", (await service.PutAsync(Code, was => was, new Precondition(null, false), By.Hand, Cancellation)).Code());
    }

    private async Task<Change<AwardedCertification>> PutAsync(string title) =>
        (await service.PutAsync(Code, was => was with { Title = title }, Precondition.None, By.Hand, Cancellation)).Value();
}
