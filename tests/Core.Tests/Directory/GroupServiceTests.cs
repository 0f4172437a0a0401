using CertFunctions.Core.Directory;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace CertFunctions.Core.Tests.Directory;

public sealed class GroupServiceTests
{
    private static readonly LmsId Id = Sample.Id("g-1");
    private static readonly LmsId Ada = Sample.Id("u-1");

    private readonly FakeTimeProvider time = new(Sample.Now);
    private readonly FakeGroupStore groups = new();
    private readonly FakeUserStore users = new();
    private readonly GroupService service;

    public GroupServiceTests()
    {
        users.Add(Sample.User("u-1"));
        service = new GroupService(groups, new FakeMemberStore(), users, time);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_tells_what_was_and_what_is()
    {
        var created = await PutAsync("Drivers");
        var renamed = await PutAsync("Cranes");
        var same = await PutAsync("Cranes");
        var deleted = (await service.DeleteAsync(Id, Precondition.None, By.Hand, Cancellation)).Value();

        Assert.Equal((true, null, "Drivers", 1), (created.Created, created.Before?.Name, created.Value.Name, created.Value.Version));
        Assert.Equal((false, "Drivers", "Cranes", 2), (renamed.Created, renamed.Before?.Name, renamed.Value.Name, renamed.Value.Version));
        Assert.False(same.Changed);
        Assert.Equal(("Cranes", null), (deleted.Before?.Name, deleted.After));
    }

    [Fact]
    public async Task Versions_go_on_when_a_group_is_made_again()
    {
        await PutAsync("Drivers");
        await service.DeleteAsync(Id, Precondition.None, By.Hand, Cancellation);

        Assert.Equal((true, 2), ((await PutAsync("Drivers")) is var again && again.Created, again.Value.Version));
    }

    [Fact]
    public async Task An_event_names_a_group_that_has_no_name_yet_and_no_other()
    {
        Assert.Equal("g-1", (await service.EnsureAsync(Id, null, time.GetUtcNow(), By.Hand, Cancellation))!.Value.Name);
        Assert.Equal("Drivers", (await service.EnsureAsync(Id, "Drivers", time.GetUtcNow(), By.Hand, Cancellation))!.Value.Name);
        Assert.False((await service.EnsureAsync(Id, "Cranes", time.GetUtcNow(), By.Hand, Cancellation))!.Changed);
    }

    [Fact]
    public async Task An_event_from_before_its_deletion_does_not_bring_a_group_back()
    {
        await PutAsync("Drivers");
        time.Advance(TimeSpan.FromHours(1));
        await service.DeleteAsync(Id, Precondition.None, By.Hand, Cancellation);

        Assert.Null(await service.EnsureAsync(Id, "Drivers", Sample.Now, By.Hand, Cancellation));
        Assert.True((await service.EnsureAsync(Id, "Drivers", Sample.Now.AddHours(2), By.Hand, Cancellation))!.Created);
    }

    [Fact]
    public async Task Joining_and_leaving_tell_whether_they_changed_anything()
    {
        await PutAsync("Drivers");

        var changes = new[]
        {
            (await service.AddMemberAsync(Id, Ada, null, By.Hand, Cancellation)).Value(),
            (await service.AddMemberAsync(Id, Ada, null, By.Hand, Cancellation)).Value(),
            (await service.RemoveMemberAsync(Id, Ada, null, By.Hand, Cancellation)).Value(),
            (await service.RemoveMemberAsync(Id, Ada, null, By.Hand, Cancellation)).Value(),
        };

        Assert.Equal([(true, true), (false, true), (true, false), (false, false)], changes.Select(change => (change.Changed, change.After is not null)));
    }

    [Theory]
    [InlineData("none", "u-1", "group_not_found")]
    [InlineData("g-1", "none", "user_not_found")]
    public async Task Nobody_joins_or_leaves_what_is_not_there(string group, string user, string code)
    {
        await PutAsync("Drivers");

        Assert.Equal(code, (await service.AddMemberAsync(Sample.Id(group), Sample.Id(user), null, By.Hand, Cancellation)).Code());
        Assert.Equal(code, (await service.RemoveMemberAsync(Sample.Id(group), Sample.Id(user), null, By.Hand, Cancellation)).Code());
        Assert.Equal(code, (await service.FindMemberAsync(Sample.Id(group), Sample.Id(user), Cancellation)).Code());
    }

    private async Task<Change<Group>> PutAsync(string name) => (await service.PutAsync(Id, name, Precondition.None, By.Hand, Cancellation)).Value();
}
