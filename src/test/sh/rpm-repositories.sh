#!/bin/sh
# Makes the RPM repositories of the tests: tiny packages with the names, versions and dependencies of the real ones,
# spread over repositories as Red Hat spreads them over support streams. FOLDER becomes what a content server serves.
#
#   rpm-repositories.sh FOLDER ARCH        ARCH is x86_64 or aarch64
set -eu

usage='usage: rpm-repositories.sh FOLDER ARCH'
folder=${1:?$usage}
arch=${2:?$usage}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' TERM INT HUP

# The one whose headers are real: those of the base image that has a compiler.
module_kernel=6.12.0-211.60.1.el10_2
gcc8='# Compiler: gcc (GCC) 8.4.1 20200928 (Red Hat 8.4.1-1)'
gcc9='CONFIG_CC_VERSION_TEXT="gcc (GCC) 11.4.1 20231218 (Red Hat 11.4.1-3)"'
gcc10='CONFIG_CC_VERSION_TEXT="gcc (GCC) 14.2.1 20250110 (Red Hat 14.2.1-7)"'

# part NAME FILE TEXT [TAG]: adds a package to the spec file, with one file (or none) and more tags.
part() {
    parts=$parts"
%package -n $1
Summary: $1
AutoReqProv: no
${4-}
%description -n $1
$1
%files -n $1
${2:+"$2"}"
    [ -z "$2" ] || installs=$installs"
mkdir -p '%{buildroot}$(dirname "$2")'
echo '$3' >'%{buildroot}$2'"
}

# build NAME VERSION RELEASE REPOSITORY...: makes the packages of the spec file and puts them into the repositories.
build() {
    cat >"$work/package.spec" <<END
%global debug_package %{nil}
%global __os_install_post %{nil}
%global _binary_payload w1.gzdio
Name: $1
Version: $2
Release: $3
Summary: $1
License: MIT
%description
$1
$parts
%install
$installs
END
    shift 3
    rm -rf "$work/RPMS"
    rpmbuild -bb --quiet --target "$arch" --define "_topdir $work" "$work/package.spec" >"$work/log" 2>&1 ||
        { cat "$work/log" >&2; exit 1; }
    for repository in "$@"; do
        mkdir -p "$folder/$repository"
        find "$work/RPMS" -name '*.rpm' -exec cp {} "$folder/$repository/" \;
    done
    parts=
    installs=
}
parts=
installs=

# kernel NAME VERSION-RELEASE UNAME COMPILER REPOSITORY...
kernel() {
    name=$1 nvr=$2 full=$3 compiler=$4
    shift 4
    same="= $nvr"
    core="Requires: $name-modules-core $same"
    case $nvr in
    4.*) core= ;;
    *)
        part "$name-modules-core" "/lib/modules/$full/kernel/core.ko" "$full"
        part "$name-devel-matched" "" "" "Requires: $name-devel $same, $name-core $same"
        ;;
    esac
    part "$name-core" "/lib/modules/$full/config" "$compiler" "$core"
    part "$name-modules" "/lib/modules/$full/kernel/basic.ko" "$full" "Requires: $name-core $same"
    part "$name-modules-extra" "/lib/modules/$full/extra/more.ko" "$full" "Requires: $name-modules $same"
    if [ "$nvr" = "$module_kernel" ]; then
        part "$name-devel" "/usr/src/kernels/$full" ""
        installs=$installs"
ln -sfn ../linux-headers-tests '%{buildroot}/usr/src/kernels/$full'"
    else
        part "$name-devel" "/usr/src/kernels/$full/Makefile" "$full"
    fi
    if [ "$name" = kernel ]; then
        part kernel-headers /usr/include/linux/version.h "$full"
        case $nvr in
        4.18.0-305.*) part kernel-abi-whitelists "/lib/modules/kabi-$nvr" "$full" "BuildArch: noarch" ;;
        *) part kernel-abi-stablelists "/lib/modules/kabi-$nvr" "$full" "BuildArch: noarch" ;;
        esac
    fi
    build "$name" "${nvr%%-*}" "${nvr#*-}" "$@"
}

# gcc VERSION RELEASE REPOSITORY...
gcc() {
    part gcc /usr/share/dtk-test/gcc "gcc $1-$2"
    part gcc-c++ /usr/share/dtk-test/g++ "g++ $1-$2" "Requires: gcc = $1-$2"
    build gcc-source "$@"
}

# tools DIST REPOSITORY...
tools() {
    dist=$1
    shift
    for tool in autoconf automake binutils bison diffutils elfutils-libelf-devel flex git jq kabi-dw kernel-rpm-macros \
        keyutils kmod libtool make mokutil openssl rpm-build xz dwarves; do
        case $tool in
        git) part git /usr/share/dtk-test/git git "Recommends: perl-Git" ;;
        make) part make /usr/share/doc/make/README "read me" ;;
        *) part "$tool" "/usr/share/dtk-test/$tool" "$tool" ;;
        esac
    done
    part perl-Git /usr/share/dtk-test/perl-Git "a weak dependency"
    build tools 1.0 "1.$dist" "$@"
}

case $arch in
x86_64)
    # RHEL 8.4: the early z-stream is in EUS, a later one in E4S alone; the major's repository has another kernel.
    kernel kernel 4.18.0-305.40.1.el8_4 "4.18.0-305.40.1.el8_4.$arch" "$gcc8" "eus/rhel8/8.4/$arch/baseos/os"
    kernel kernel 4.18.0-305.120.1.el8_4 "4.18.0-305.120.1.el8_4.$arch" "$gcc8" "e4s/rhel8/8.4/$arch/baseos/os"
    kernel kernel-rt 4.18.0-305.40.1.rt7.112.el8_4 "4.18.0-305.40.1.rt7.112.el8_4.$arch" "$gcc8" \
        "dist/rhel8/8.4/$arch/rt/os"
    gcc 8.4.1 1.el8 "eus/rhel8/8.4/$arch/appstream/os"
    gcc 8.5.0 22.el8_10 "eus/rhel8/8.4/$arch/appstream/os" "e4s/rhel8/8.4/$arch/appstream/os" \
        "dist/rhel8/8.6/$arch/appstream/os"
    tools el8 "eus/rhel8/8.4/$arch/appstream/os" "e4s/rhel8/8.4/$arch/appstream/os" "dist/rhel8/8.6/$arch/appstream/os"
    kernel kernel 4.18.0-553.16.1.el8_10 "4.18.0-553.16.1.el8_10.$arch" "$gcc8" "dist/rhel8/8/$arch/baseos/os" \
        "dist/rhel8/8.6/$arch/baseos/os"
    # RHEL 8.6: a kernel that OpenShift shipped ahead of RHEL.
    kernel kernel 4.18.0-372.96.1.el8_6 "4.18.0-372.96.1.el8_6.$arch" "$gcc8" "dist/layered/rhel8/$arch/rhocp/4.12/os"
    # RHEL 9.4: the real-time kernel has the same version, and is for network functions.
    kernel kernel-rt 5.14.0-427.61.1.el9_4 "5.14.0-427.61.1.el9_4.$arch+rt" "$gcc9" "e4s/rhel9/9.4/$arch/nfv/os"
    # CentOS Stream 9, with the real-time kernel in a repository that is not enabled.
    kernel kernel 5.14.0-552.el9 "5.14.0-552.el9.$arch" "$gcc9" "stream/9/BaseOS"
    kernel kernel-rt 5.14.0-552.el9 "5.14.0-552.el9.$arch+rt" "$gcc9" stream/9/RT
    gcc 11.4.1 3.el9 stream/9/AppStream
    tools el9 stream/9/AppStream
    # RHEL 10, with a kernel that a user's own mirror has.
    kernel kernel 6.12.0-211.47.1.el10_2 "6.12.0-211.47.1.el10_2.$arch" "$gcc10" "dist/rhel10/10.2/$arch/baseos/os"
    kernel kernel "$module_kernel" "$module_kernel.$arch" "$gcc10" "dist/rhel10/10.2/$arch/baseos/os"
    gcc 14.3.1 2.el10 "dist/rhel10/10.2/$arch/appstream/os"
    tools el10 "dist/rhel10/10.2/$arch/appstream/os"
    kernel kernel 6.12.0-211.99.1.el10_2 "6.12.0-211.99.1.el10_2.$arch" "$gcc10" "mirror/10.2/$arch"
    ;;
aarch64)
    kernel kernel-64k 5.14.0-427.61.1.el9_4 "5.14.0-427.61.1.el9_4.$arch+64k" "$gcc9" "eus/rhel9/9.4/$arch/baseos/os"
    ;;
esac
kernel kernel 5.14.0-427.61.1.el9_4 "5.14.0-427.61.1.el9_4.$arch" "$gcc9" "eus/rhel9/9.4/$arch/baseos/os"
gcc 11.4.1 3.el9 "eus/rhel9/9.4/$arch/appstream/os"
gcc 11.5.0 1.el9 "eus/rhel9/9.4/$arch/appstream/os"
tools el9 "eus/rhel9/9.4/$arch/appstream/os"

find "$folder" -name '*.rpm' -exec dirname {} \; | sort -u | while read -r repository; do
    [ -d "$repository/repodata" ] || createrepo_c --quiet --simple-md-filenames "$repository"
done
