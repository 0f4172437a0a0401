using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Audit;
using CertFunctions.Functions.Storage.Directory;
using Microsoft.Extensions.DependencyInjection;
using static CertFunctions.Functions.Storage.StorageNames;

namespace CertFunctions.Functions.Directory;

/// <summary>Wires users, groups, branches and external trainings.</summary>
internal static class DirectoryServices
{
    public static IServiceCollection AddDirectory(this IServiceCollection services) => services
        .AddSingleton<IUserStore>(s => new TableUserStore(s.Table(Tables.Users), s.GetRequiredService<AuditOutbox>()))
        .AddSingleton<IUsernameClaims>(s => new TableUsernameClaims(s.Table(Tables.Users), s.GetRequiredService<TimeProvider>()))
        .AddSingleton<IUserFollowUps>(s => new TableUserFollowUps(s.Table(Tables.Users)))
        .AddSingleton<IMemberStore>(s => new TableMemberStore(
            s.Table(Tables.Members), s.Table(Tables.Directory), s.Table(Tables.Users), s.GetRequiredService<AuditIntents>()))
        .AddSingleton<IGroupStore>(s => new TableGroupStore(s.Table(Tables.Directory), s.GetRequiredService<AuditOutbox>()))
        .AddSingleton<IBranchStore>(s => new TableBranchStore(s.Table(Tables.Directory), s.GetRequiredService<AuditOutbox>()))
        .AddSingleton<IBranchGateStore>(s => new TableBranchGateStore(s.Table(Tables.Users)))
        .AddSingleton<IExternalTrainingStore>(s => new TableExternalTrainingStore(s.Table(Tables.Directory), s.GetRequiredService<AuditOutbox>()))
        .AddSingleton<MemberSourceRules>()
        .AddSingleton<BranchGates>()
        .AddSingleton<UserWriter>()
        .AddSingleton<UserService>()
        .AddSingleton<UserListService>()
        .AddSingleton<UserFollowUpService>()
        .AddSingleton<GroupService>()
        .AddSingleton<BranchService>()
        .AddSingleton<ExternalTrainingService>();
}
